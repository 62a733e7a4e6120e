using System.CommandLine;
using Actors.Cli.Amounts;
using Actors.Cli.Client;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger;
using Actors.Ledger.Operations;

namespace Actors.Cli.Transfers;

/// <summary>From where, to where, how much: what a transfer and a pending have in common.</summary>
internal sealed class MovementOptions
{
    private readonly Option<Address> _from = Parser.Address("--from", "The account that is debited; its owner signs.");
    private readonly Option<Address> _to = Parser.Address("--to", "The account that is credited.");
    private readonly Option<DecimalAmount> _amount = Parser.Required("--amount", "How much, in units of the asset, as 12.50.", DecimalAmount.Parse);
    private readonly Option<Reference> _reference = Parser.Optional("--reference", "Text or 0x bytes to find it again, at most 16 bytes.", TransferReference.Parse);
    private readonly AmountOptions _amounts = new();

    public Command AddTo(Command command)
    {
        command.Add(_from);
        command.Add(_to);
        command.Add(_amount);
        command.Add(_reference);
        return _amounts.AddTo(command);
    }

    public Address From(Session session) => session.Get(_from);

    public Address To(Session session) => session.Get(_to);

    public bool HasReference(Session session) => session.Has(_reference);

    public Task<long> AmountAsync(Session session, NodeClient node, CancellationToken cancellation) =>
        _amounts.ToMinorAsync(session, node, session.Get(_from), session.Get(_amount), cancellation);

    public ChainId Chain(Session session, CommonOptions common) => session.Chain(common, session.Get(_from), session.Get(_to));

    public async Task<Movement> ReadAsync(Session session, NodeClient node, CancellationToken cancellation)
    {
        var (from, to) = (session.Get(_from), session.Get(_to));
        var amount = await AmountAsync(session, node, cancellation);
        return new Movement(AccountReference.Numbered(from.Number), AccountReference.Numbered(to.Number), amount, session.Find(_reference));
    }
}

/// <summary>Amount in minor units.</summary>
internal sealed record Movement(AccountReference Debit, AccountReference Credit, long Amount, Reference Reference);
