using Actors.Engine.Stores.Postgres;
using Actors.Gateway.Access;
using Actors.Gateway.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

/// <summary>Tells whoever started the node where everything is and what to do next.</summary>
internal sealed class Banner(IServer server, IOptions<GatewayOptions> options, AdminToken adminToken)
{
    private string Store => options.Value.Store.Length == 0 ? "" : $"\n  store        {PostgresNodeStore.NameOf(options.Value.Store)}";

    public void Show()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Console.WriteLine($"""

            Actors ledger node, ready.
              listening    {string.Join(", ", addresses)}
              data         {Path.GetFullPath(options.Value.DataFolder)}{Store}
              admin token  {Path.GetFullPath(adminToken.Path)}
              access       {(options.Value.Access.IsConfigured ? "API keys or JWT" : "anybody on this machine may read and submit")}

            Next, in another terminal:
              export ACTORS_NODE={addresses.FirstOrDefault()} ACTORS_TOKEN="$(cat '{Path.GetFullPath(adminToken.Path)}')"
              dotnet run --project src/Cli -- keys new operator.pem
              dotnet run --project src/Cli -- chain create demo --member operator.pem

            """);
    }
}
