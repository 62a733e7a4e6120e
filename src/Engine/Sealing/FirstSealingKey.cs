using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Signing;

namespace Actors.Engine.Sealing;

/// <summary>
/// The sealing key of a chain that is about to be made. It has to be durable before the chain is, and a creation can fail in between. So it lies
/// in a folder of its own, from which the next creation of that chain takes it again, until the chain is there and claims it: a key
/// among a chain's keys is one that the chain, or its operator, knows of. The chain's own folder is not looked into, since the keys in it may be
/// those of a chain that is yet to be restored.
/// </summary>
internal sealed class FirstSealingKey(string keysFolder, ChainId chain)
{
    // No chain id starts with a dot, so this is never the folder of a chain.
    private readonly string _unclaimed = Path.Combine(keysFolder, $".creating-{chain}");

    /// <summary>The key that an earlier creation left, or else a new one; durable on return.</summary>
    public PublicKey Take()
    {
        using var keys = new SealingKeyFolder(_unclaimed);
        return keys.List() is [var left, ..] ? left : keys.Create();
    }

    /// <summary>Moves the key among those of the chain, which exists, if it is not there yet. What else was left is of no use to anybody.</summary>
    public void Claim(in PublicKey key)
    {
        if (!Directory.Exists(_unclaimed))
        {
            return;
        }

        var name = SealingKeyFolder.FileNameOf(key);
        var (from, own) = (Path.Combine(_unclaimed, name), Path.Combine(keysFolder, chain.Value));
        if (File.Exists(from))
        {
            DurableFile.CreateFolder(own);
            File.Move(from, Path.Combine(own, name), overwrite: true);
            DurableFile.SyncFolder(own);
        }

        Directory.Delete(_unclaimed, recursive: true);
        DurableFile.SyncFolder(keysFolder);
    }
}
