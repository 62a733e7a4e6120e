using Actors.Gateway.Settings;
using Actors.Grains.Webhooks;
using Actors.Silo.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Hosting;

internal static class ClusterSettings
{
    private const string StoreSetting = $"{GatewayOptions.Section}:{nameof(GatewayOptions.Store)}";

    public static void AddClusterOptions(this IServiceCollection services)
    {
        services.AddOptions<ClusterOptions>().BindConfiguration(ClusterOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClusterOptions>, ClusterOptionsValidator>();
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
    }

    /// <summary>
    /// The settings while the host is still being built, which needs them, and the connection string of the database that holds chains, membership, reminders and
    /// webhooks; it is empty in a local cluster.
    /// </summary>
    /// <exception cref="OptionsValidationException">One is out of its range.</exception>
    /// <exception cref="StartRefusedException">There is no database.</exception>
    public static (ClusterOptions Options, string Store) Read(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>() ?? new ClusterOptions();
        var result = new ClusterOptionsValidator().Validate(null, options);
        return result.Succeeded
            ? (options, StoreOf(builder.Configuration[StoreSetting] ?? "", options.Local))
            : throw new OptionsValidationException(nameof(ClusterOptions), typeof(ClusterOptions), result.Failures);
    }

    private static string StoreOf(string store, bool isLocal)
    {
        if (isLocal && store.Length > 0)
        {
            throw new StartRefusedException($"{StoreSetting} does not go with --local, which uses SQLite in the data folder");
        }

        return isLocal || store.Length > 0 ? store : throw new StartRefusedException(
            $"{StoreSetting} is missing: --store with a PostgreSQL connection string, \"Host=...;Database=...;Username=...\"; or --local for a cluster of one process without PostgreSQL");
    }
}
