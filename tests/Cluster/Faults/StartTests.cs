using Actors.ClusterTests.Programs;
using Actors.Tests.Postgres;

namespace Actors.ClusterTests.Faults;

/// <summary>What keeps a silo from starting is said in one line, with what to do.</summary>
[Collection(ClusterCollection.Name)]
public sealed class StartTests(TestCluster cluster)
{
    private const int NotStarted = 2;
    private static readonly TimeSpan RefusalMax = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("--Actors:Cluster:SiloProt=1", "Actors:Cluster:SiloProt is unknown")]
    [InlineData("--Actors:Cluster:DrainMs=5", "Actors:Cluster:DrainMs is 5, expected 1000 to")]
    [InlineData("--Actors:Cluster:AdvertisedAddress=here", "Actors:Cluster:AdvertisedAddress is 'here'")]
    [InlineData("--Actors:Cluster:SecretFile=/nowhere", "Actors:Cluster:SecretFile cannot be read")]
    [InlineData("--Actors:Cluster:Tls:CertificateFile=/nowhere", "Actors:Cluster:Tls:CertificateFile names '/nowhere'")]
    [InlineData("--Actors:Store=Host=127.0.0.1;Port=1;Database=none;Username=none", "Actors:Store")]
    [InlineData("--Actors:Cluster:Role=Boht", "Actors:Cluster:Role is 'Boht', expected Both, Silo, Gateway")]
    [InlineData("--Actors:Webhooks:RetryMs=0", "Actors:Webhooks:RetryMs is 0, expected 1 to")]
    public async Task A_wrong_setting_stops_the_start_with_its_name(string setting, string message)
    {
        using var silo = cluster.Launch("both", "tests", setting);
        Assert.Equal(NotStarted, await silo.WaitForExitAsync(RefusalMax));
        Assert.Contains(message, silo.Said);
    }

    [Fact]
    public async Task A_database_without_schema_stops_the_start_with_what_to_run()
    {
        using var empty = new PostgresDatabase(SharedPostgres.ConnectionString, migrate: false);
        using var silo = cluster.Launch("both", "tests", $"--Actors:Store={empty.NodeString}");
        Assert.Equal(NotStarted, await silo.WaitForExitAsync(RefusalMax));
        Assert.Contains("actors db migrate", silo.Said);
    }
}
