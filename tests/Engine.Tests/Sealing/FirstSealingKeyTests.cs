using Actors.Engine.Clocks;
using Actors.Engine.Sealing;
using Actors.Engine.Tests.Chains;
using Actors.Ledger;
using Actors.Ledger.Wire;

namespace Actors.Engine.Tests.Sealing;

/// <summary>Which key files a chain's creation leaves, whether it succeeds or is cut short.</summary>
public sealed class FirstSealingKeyTests : IDisposable
{
    private static readonly ChainId Demo = ChainId.Parse("demo");
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-first-key-").FullName;
    private readonly TestKey _operator = new();

    private string Keys => Path.Combine(_folder, "sealing-keys");

    private string[] KeyFiles => Directory.Exists(Keys) ? Directory.GetFiles(Keys, "*", SearchOption.AllDirectories) : [];

    [Fact]
    public async Task A_creation_with_wrong_settings_makes_no_key()
    {
        await using var node = Open();

        await Assert.ThrowsAsync<MalformedException>(() => node.CreateChainAsync(Creation with { LeafRecords = 3 }, default).AsTask());

        Assert.Empty(KeyFiles);
    }

    [Fact]
    public async Task The_key_that_a_creation_left_before_its_chain_was_there_becomes_that_of_the_next_creation()
    {
        var left = new FirstSealingKey(Keys, Demo).Take();

        await using var node = Open();
        var chain = await node.CreateChainAsync(Creation, default);

        Assert.Equal(left, chain.Genesis.Settings.SealingKey);
        Assert.Equal(Path.Combine(Keys, "demo"), Path.GetDirectoryName(Assert.Single(KeyFiles)));
    }

    [Fact]
    public async Task The_key_that_a_creation_left_after_its_chain_was_there_is_claimed_when_the_chain_is_opened()
    {
        await using (var node = Open())
        {
            await node.CreateChainAsync(Creation, default);
        }

        Directory.Move(Path.Combine(Keys, "demo"), Path.Combine(Keys, ".creating-demo"));
        await using var again = Open();
        var chain = (await again.FindChainAsync(Demo, default))!;

        Assert.Equal(Path.Combine(Keys, "demo"), Path.GetDirectoryName(Assert.Single(KeyFiles)));
        using var held = new SealingKeyFolder(Path.Combine(Keys, "demo"));
        Assert.True(held.Holds(chain.Genesis.Settings.SealingKey));
    }

    [Fact]
    public async Task Keys_that_wait_for_a_chain_to_be_restored_are_neither_used_nor_removed()
    {
        using var waiting = new SealingKeyFolder(Path.Combine(Keys, "demo"));
        var key = waiting.Create();

        await using var node = Open();
        var chain = await node.CreateChainAsync(Creation, default);

        Assert.NotEqual(key, chain.Genesis.Settings.SealingKey);
        Assert.Equal(2, KeyFiles.Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ChainCreation Creation => new(Demo, _operator.Keyset);

    private LedgerNode Open() => LedgerNode.Open(new LedgerNodeOptions { DataFolder = _folder, Clock = SystemClock.Instance });
}
