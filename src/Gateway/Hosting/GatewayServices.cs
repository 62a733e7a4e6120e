using Actors.Gateway.Access;
using Actors.Gateway.Description;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Gateway.Settings;
using Actors.Gateway.Telemetry;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

internal static class GatewayServices
{
    /// <summary>Everything that the gateway needs; <paramref name="open"/> says which node it serves.</summary>
    public static void AddGateway(this IServiceCollection services, Func<IServiceProvider, NodeOpener> open)
    {
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, HttpOptionsValidator>();
        services.AddSingleton<IValidateOptions<GatewayOptions>, EngineOptionsValidator>();
        services.AddSingleton<IValidateOptions<GatewayOptions>, AccessOptionsValidator>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>();
        services.AddOptions<HostFilteringOptions>().PostConfigure<IOptions<GatewayOptions>>(ListenRule.FilterHosts);
        services.AddOptions<HostOptions>().Configure<IOptions<GatewayOptions>>((host, gateway) => host.ShutdownTimeout = TimeSpan.FromMilliseconds((long)gateway.Value.Http.StopNoticeMs + gateway.Value.Http.DrainMs));
        services.ConfigureHttpJsonOptions(json => StrictJson.Configure(json.SerializerOptions));
        services.AddOpenApi(OpenApiDescription.Document, OpenApiDescription.Configure);
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemResponses>();
        services.AddSingleton<AdminToken>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<Jwts>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<InFlightLimits>();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<Banner>();
        services.AddSingleton(open);
        services.AddSingleton<NodeHost>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeHost>());
        services.AddHostedService<OpenTelemetryExport>();
        services.AddHostedService<StopNotice>();
    }
}
