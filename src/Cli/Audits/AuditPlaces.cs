using Actors.Cli.Databases;
using Actors.Cli.Terminals;

namespace Actors.Cli.Audits;

/// <summary>Where each chain that is audited is read: at the place that it names, or where the command says for all.</summary>
internal sealed class AuditPlaces
{
    private readonly Session _session;
    private readonly CommonOptions _common;
    private readonly Lazy<IAuditPlace> _default;

    public AuditPlaces(Session session, CommonOptions common, string? data, string? store)
    {
        (_session, _common) = (session, common);
        // Not before a chain needs it: every chain may name a place of its own.
        _default = new Lazy<IAuditPlace>(() => data is not null ? StorePlace.OfFolder(data)
            : store is not null ? StorePlace.OfDatabase(StoreOption.Resolve(store))
            : new NodePlace(session.Node(common)));
    }

    public IAuditPlace Default => _default.Value;

    public IAuditPlace Of(NamedChain chain) => chain.Place is not { } place ? Default
        // Credentials are for the one node that they were given for.
        : place == "-" ? StorePlace.OfDatabase(StoreOption.Resolve(place))
        : place.StartsWith("http://", StringComparison.Ordinal) || place.StartsWith("https://", StringComparison.Ordinal) ? new NodePlace(_session.Node(_common, Address(place), token: null, apiKey: null))
        : StorePlace.OfFolder(place);

    private static Uri Address(string place)
    {
        try
        {
            return CommonOptions.ParseNode(place);
        }
        catch (FormatException fault)
        {
            throw new CannotRunException(fault.Message, fault);
        }
    }
}
