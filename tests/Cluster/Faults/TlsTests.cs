using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.ClusterTests.Programs;
using Actors.ProcessTests.Load;

namespace Actors.ClusterTests.Faults;

/// <summary>With TLS configured only what the cluster's own authority certified can join, or call.</summary>
[Collection(ClusterCollection.Name)]
public sealed class TlsTests(TestCluster cluster) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Silos_and_gateways_talk_over_tls_and_not_to_who_has_no_certificate_of_theirs()
    {
        var settings = Settings("ours");
        using var silo = cluster.Launch("silo", "sealed", settings);
        using var second = cluster.Launch("silo", "sealed", settings);
        using var gateway = cluster.Launch("gateway", "sealed", settings);
        await silo.ListensAsync();
        await second.ListensAsync();
        await (await gateway.ListensAsync()).IsReadyAsync();
        using var book = await Book.OpenAsync(gateway.Client(Patience), "sealed", payers: 2, accountsEach: 1);
        await using (var load = Load.Start(book, () => [gateway]))
        {
            await load.MoreAsync(20);
        }

        await Load.CheckAsync(book, gateway);

        using var plain = await cluster.Launch("gateway", "sealed").ListensAsync();
        using var stranger = await cluster.Launch("gateway", "sealed", Settings("theirs")).ListensAsync();
        foreach (var shutOut in new[] { plain, stranger })
        {
            await Assert.ThrowsAsync<TimeoutException>(() => shutOut.IsReadyAsync(TimeSpan.FromSeconds(8)));
        }
    }

    private string[] Settings(string authority)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest($"CN={authority}", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=silo", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("actors");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(12), RandomNumberGenerator.GetBytes(8));
        return
        [
            $"--Actors:Cluster:Tls:CertificateFile={Write(authority + ".crt", certificate.ExportCertificatePem())}",
            $"--Actors:Cluster:Tls:KeyFile={Write(authority + ".key", key.ExportPkcs8PrivateKeyPem())}",
            $"--Actors:Cluster:Tls:AuthorityFile={Write(authority + ".ca", root.ExportCertificatePem())}",
        ];
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
