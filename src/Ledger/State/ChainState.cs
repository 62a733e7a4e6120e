using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Keysets;
using Actors.Ledger.Pendings;
using Actors.Ledger.Signing;

namespace Actors.Ledger.State;

/// <summary>
/// A chain's state: tables of numbered records, the head it stands at, the history over all headers and the ids that are still
/// open. One writer changes it, block by block; the same blocks give the same state on every machine.
/// </summary>
internal sealed class ChainState
{
    private const int WorkspacesMax = 3;
    private readonly Stack<BlockWorkspace> _workspaces = new();

    public ChainState(Genesis genesis, IPageSource source)
    {
        RecordLayout.RequireLittleEndian();
        Genesis = genesis;
        Tables = new ChainTables(genesis.Settings.LeafRecords, source) { OnRestoring = Restoring, OnRestored = Restored };
        Keysets = new KeysetTable(Tables[TableId.Keysets], Tables[TableId.Keys]);
        Assets = new AssetTable(Tables[TableId.Assets]);
        Accounts = new AccountTable(Tables[TableId.Accounts], Tables[TableId.Ranges]);
        Pendings = new PendingTable(Tables[TableId.Pendings]);
        Aliases = new AliasTable(Tables[TableId.Aliases]);
        Peers = new PeerTable(Tables[TableId.Peers], Tables[TableId.PeerHeaders]);
        Channels = new ChannelTable(Tables[TableId.Channels], Tables[TableId.ChannelEdges], Tables[TableId.Packets]);
        Routes = new RouteTable(Tables[TableId.Routes]);
        Deliveries = new DeliveryTable(Tables[TableId.Deliveries]);
        Head = ChainHead.Of(genesis);
    }

    public Genesis Genesis { get; }

    public ChainTables Tables { get; }

    public KeysetTable Keysets { get; }

    public AssetTable Assets { get; }

    public AccountTable Accounts { get; }

    public PendingTable Pendings { get; }

    public AliasTable Aliases { get; }

    public PeerTable Peers { get; }

    public ChannelTable Channels { get; }

    public RouteTable Routes { get; }

    public DeliveryTable Deliveries { get; }

    /// <summary>What the block being executed sends and what packets move in it.</summary>
    public ChannelJournal Journal { get; } = new();

    public SealKeys SealKeys { get; } = new();

    public OpenIds Ids { get; } = new();

    /// <summary>The last block executed (not necessarily committed).</summary>
    public ChainHead Head { get; set; }

    /// <summary>A cleared workspace for the next block.</summary>
    public BlockWorkspace TakeWorkspace() => _workspaces.TryPop(out var workspace) ? workspace : new BlockWorkspace(this);

    /// <summary>Takes a workspace back that nobody looks at any more.</summary>
    public void GiveBack(BlockWorkspace workspace)
    {
        if (_workspaces.Count < WorkspacesMax)
        {
            workspace.Clear();
            _workspaces.Push(workspace);
        }
    }

    public ref readonly ChainRecord Chain => ref RecordLayout.As<ChainRecord>(Tables[TableId.Chain].Read(1));

    public ref ChainRecord WriteChain() => ref RecordLayout.As<ChainRecord>(Tables[TableId.Chain].Write(1));

    /// <summary>The state that a genesis makes, with its root computed.</summary>
    public static ChainState Create(Genesis genesis, IPageSource source)
    {
        var state = new ChainState(genesis, source);
        state.Tables[TableId.Chain].Add();
        ref var chain = ref state.WriteChain();
        chain.SealingScheme = (byte)SignatureScheme.Es256;
        chain.SealingKey = genesis.Settings.SealingKey;
        chain.Operator = state.Keysets.Open(genesis.Settings.Operator, height: 0);
        state.Tables.Undo.Clear();
        var roots = state.Tables.BeginCut().Compute();
        state.Head = state.Head with { StateHeight = 0, StateRoot = roots.Root };
        return state;
    }

    /// <summary>Brings indexes over the tables in line with them, after a roll-back or a load.</summary>
    public void Reindex()
    {
        Assets.Reindex();
        Aliases.Reindex();
        Peers.Reindex();
        Channels.Reindex();
        Routes.Reindex();
    }

    private void Restoring(TableId table, ulong number)
    {
        if (table == TableId.Pendings)
        {
            Pendings.Restoring(number);
        }
    }

    private void Restored(TableId table, ulong number)
    {
        if (table == TableId.Pendings)
        {
            Pendings.Restored(number);
        }
        else if (table == TableId.Channels)
        {
            Channels.Restored(number);
        }
    }
}
