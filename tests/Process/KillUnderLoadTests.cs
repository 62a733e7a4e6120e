using Actors.ProcessTests.Oracle;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests;

/// <summary>SIGKILL at random moments, under single transfers, pendings, bulks and a stream at once.</summary>
public sealed class KillUnderLoadTests : IDisposable
{
    private const int Payers = 4;
    private const int AccountsEach = 12;
    private const int VerifiedMax = 4;
    private readonly KillRounds _rounds = new(["--Actors:Engine:SnapshotLogBytes", "65536"]);

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_exactly_once_after_it()
    {
        var round = 0;
        await Seeded.RunAsync(
            async () =>
            {
                await _rounds.OpenAsync("demo", Payers, AccountsEach);
                for (round = 1; round <= TestSettings.KillRounds; round++)
                {
                    await _rounds.RunAsync(clients => clients.RunAsync(_rounds.Book, _rounds.Random), () => _rounds.PauseAsync(20, 600));
                }

                await ChainCheck.AtTheEndAsync(_rounds.Gateway, _rounds.Book, _rounds.Folder, _rounds.Random);
                var receipts = _rounds.Book.Journal.All.Where(sent => sent.Receipt is not null).ToArray();
                _rounds.Random.Shuffle(receipts);
                await ChainCheck.VerifyAsync(_rounds.Book, _rounds.Folder, receipts.Take(VerifiedMax));

                // Once more where no node is: a folder as a kill leaves it.
                _rounds.Gateway.Kill();
                await ActorsCommand.SucceedAsync("audit", "--data", _rounds.Folder.Path);
            },
            () => $"round {round}");
    }

    public void Dispose() => _rounds.Dispose();
}
