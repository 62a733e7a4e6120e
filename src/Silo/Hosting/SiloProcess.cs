using Actors.Engine.Stores;
using Actors.Gateway.Hosting;
using Actors.Gateway.Settings;
using Actors.Silo.Bench;
using Actors.Silo.Settings;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Silo.Hosting;

/// <summary>A process of the cluster: runs until told to stop, and says in one line why it did not start.</summary>
internal static class SiloProcess
{
    private const int Stopped = 0;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["bench", ..])
        {
            return await ClusterBench.RunAsync(args);
        }

        var expanded = SiloArguments.Expand(args);
        try
        {
            var role = RoleOf(expanded);
            if (role != ClusterRole.Silo)
            {
                return await GatewayProcess.RunAsync(expanded, role == ClusterRole.Both ? BothRoles.Hosting : GatewayRole.Hosting);
            }

            await using var app = SiloRole.Create(expanded);
            await app.RunAsync();
            return Stopped;
        }
        catch (Exception e) when (e is StartRefusedException or OptionsValidationException or IOException or UnauthorizedAccessException or InvalidOperationException or StoreException or NpgsqlException)
        {
            return GatewayProcess.Refuse("silo", e);
        }
    }

    private static ClusterRole RoleOf(string[] args)
    {
        var builder = GatewayApplication.CreateBuilder(args, BothRoles.Hosting);
        var text = builder.Configuration[SiloArguments.ShortNames["--role"]];
        return text is null ? ClusterRole.Both
            : Enum.TryParse<ClusterRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role) ? role
            : throw new StartRefusedException($"{ClusterOptions.Section}:Role is '{text}', expected {string.Join(", ", Enum.GetNames<ClusterRole>())}");
    }
}
