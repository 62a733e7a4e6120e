using System.CommandLine;
using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Amounts;

/// <summary>
/// Amounts are typed in units of their asset, whose scale is asked from the node; with --minor in minor units, and nothing is
/// asked.
/// </summary>
internal sealed class AmountOptions
{
    private readonly Option<bool> _minor = new("--minor") { Description = "Amounts are in minor units; without it in units of the asset, as 12.50." };

    public Command AddTo(Command command)
    {
        command.Add(_minor);
        return command;
    }

    public async Task<long> ToMinorAsync(Session session, NodeClient node, Address account, DecimalAmount amount, CancellationToken cancellation) =>
        amount.ToMinor(session.Find(_minor) ? 0 : await ScaleAsync(node, account, cancellation));

    public async Task<long> ToMinorAsync(Session session, NodeClient node, ChainId chain, uint asset, DecimalAmount amount, CancellationToken cancellation) =>
        amount.ToMinor(session.Find(_minor) ? 0 : (await node.GetAssetAsync(chain, asset, cancellation)).Value.Scale);

    private static async Task<int> ScaleAsync(NodeClient node, Address account, CancellationToken cancellation)
    {
        var asset = (await node.GetAccountAsync(account, cancellation)).Value.Asset;
        return (await node.GetAssetAsync(account.Chain, asset, cancellation)).Value.Scale;
    }
}
