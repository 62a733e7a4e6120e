using Actors.ClusterTests.Programs;
using Actors.ProcessTests.Load;

namespace Actors.ClusterTests;

/// <summary><c>--local</c>: silo and gateway in one process, without PostgreSQL.</summary>
public sealed class LocalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-local-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Serves_stops_when_told_and_goes_on_where_it_was()
    {
        using var book = await RunAsync(async silo =>
        {
            var opened = await Book.OpenAsync(silo.Client(Patience), "alone", payers: 2, accountsEach: 1);
            await using var load = Load.Start(opened, () => [silo]);
            await load.MoreAsync(50);
            return opened;
        });

        await RunAsync(async silo =>
        {
            await Load.CheckAsync(book, silo);
            return true;
        });
    }

    private async Task<T> RunAsync<T>(Func<SiloProcess, Task<T>> work)
    {
        using var silo = await SiloProcess.Launch("local", _folder, ["--local"]).ListensAsync();
        var result = await work(silo);
        silo.Terminate();
        Assert.Equal(0, await silo.WaitForExitAsync(StopMax));
        return result;
    }
}
