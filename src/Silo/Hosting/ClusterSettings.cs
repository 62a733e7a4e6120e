using Actors.Grains.Webhooks;
using Actors.Silo.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Hosting;

internal static class ClusterSettings
{
    public static void AddClusterOptions(this IServiceCollection services)
    {
        services.AddOptions<ClusterOptions>().BindConfiguration(ClusterOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClusterOptions>, ClusterOptionsValidator>();
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
    }

    /// <summary>The settings while the host is still being built, which needs them.</summary>
    /// <exception cref="OptionsValidationException">One is out of its range.</exception>
    public static ClusterOptions Read(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>() ?? new ClusterOptions();
        var result = new ClusterOptionsValidator().Validate(null, options);
        return result.Succeeded ? options : throw new OptionsValidationException(nameof(ClusterOptions), typeof(ClusterOptions), result.Failures);
    }
}
