using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Actors.Tests.Postgres;

namespace Actors.ClusterTests.Programs;

/// <summary>Silos in processes of their own over one PostgreSQL database, with the grain directory and the probe settings of production.</summary>
public class TestCluster : IAsyncLifetime
{
    private const int PortMin = 12_000;
    private const int PortMax = 32_000;
    private static int _lastPort = Random.Shared.Next(PortMin, PortMax - 2_000);
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-cluster-").FullName;
    private ImmutableArray<SiloProcess> _silos = [];
    private int _started;

    public TestCluster()
        : this(new PostgresDatabase())
    {
    }

    /// <param name="database">What is in it and around it is dropped with the cluster.</param>
    /// <param name="port">Where silos reach its server; null: directly.</param>
    private protected TestCluster(PostgresDatabase database, int? port = null)
    {
        Database = database;
        Store = port is { } other ? database.NodeStringAt(other) : database.NodeString;
    }

    internal PostgresDatabase Database { get; }

    private string Store { get; }

    /// <summary>Silos that were started, each also a gateway.</summary>
    internal IReadOnlyList<SiloProcess> Silos => _silos;

    /// <summary>Those that answer HTTP, as far as one can know.</summary>
    internal IReadOnlyList<SiloProcess> Answering => [.. _silos.Where(silo => silo.IsListening && !silo.HasExited)];

    private string SecretFile => Path.Combine(_folder, "secret");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(SecretFile, RandomNumberGenerator.GetHexString(64, lowercase: true));
        await EnsureSilosAsync(3);
    }

    public virtual Task DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            silo.Dispose();
        }

        Database.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts what is missing: a test before this one may have killed some.</summary>
    internal async Task EnsureSilosAsync(int count)
    {
        Forget();
        while (_silos.Length < count)
        {
            _silos = _silos.Add(Launch("both"));
        }

        foreach (var silo in _silos)
        {
            await silo.ListensAsync();
        }
    }

    /// <summary>Starts one more process, and does not wait for it.</summary>
    internal SiloProcess Launch(string role, string clusterId = "tests", params string[] settings) => Launch(role, clusterId, settings, null);

    internal SiloProcess Launch(string role, string clusterId, string[] settings, IReadOnlyDictionary<string, string>? environment)
    {
        var name = $"{role}-{++_started}";
        return SiloProcess.Launch(
            name,
            Path.Combine(_folder, name),
            [
                "--role", role,
                "--store", Store,
                $"--Actors:Cluster:SecretFile={SecretFile}",
                $"--Actors:Cluster:ClusterId={clusterId}",
                $"--Actors:Cluster:SiloName={name}",
                $"--Actors:Cluster:SiloPort={FreePort()}",
                $"--Actors:Cluster:GatewayPort={FreePort()}",
                "--Actors:Webhooks:AllowPrivateTargets=true",
                "--Actors:Cluster:DueEveryMs=10000",
                .. settings,
            ],
            environment);
    }

    /// <summary>Starts one more silo and counts it as one of the cluster's.</summary>
    internal async Task<SiloProcess> AddSiloAsync()
    {
        var silo = await Launch("both").ListensAsync();
        _silos = _silos.Add(silo);
        return silo;
    }

    /// <summary>The silo that runs the chain, and one that does not.</summary>
    internal (SiloProcess Host, SiloProcess Other) Around(string chain)
    {
        var host = Assert.Single(_silos, silo => silo.Serves(chain));
        return (host, _silos.First(silo => silo != host && !silo.HasExited));
    }

    /// <summary>How far a chain is, without asking any silo.</summary>
    internal long HeightInStore(string chain) => Database.Read<long>($"SELECT height FROM actors.chain WHERE slug = '{chain}'");

    /// <summary>Forgets silos that ended.</summary>
    internal void Forget() => _silos = _silos.RemoveAll(silo => silo.HasExited);

    /// <summary>
    /// A port that nobody has and no test is given again. Below those that the system hands out by itself: one of them could be somebody's outgoing connection by the
    /// time that a silo listens there.
    /// </summary>
    internal static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _lastPort);
            Assert.True(port < PortMax, "there are no more ports for tests");
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else listens there.
            }
        }
    }
}

[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<TestCluster>
{
    public const string Name = "cluster";
}
