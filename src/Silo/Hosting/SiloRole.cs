using Actors.Gateway.Hosting;
using Actors.Gateway.Settings;
using Actors.Silo.Health;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Hosting;

/// <summary>A process that hosts grains and answers probes, and has no HTTP API.</summary>
internal static class SiloRole
{
    public static WebApplication Create(string[] args)
    {
        var builder = GatewayApplication.CreateBuilder(args, BothRoles.Hosting);
        var options = builder.AddSilo();
        builder.WebHost.UseUrls(options.HealthListen);
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<GatewayOptions>, EngineOptionsValidator>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(options.DrainMs));
        builder.Services.AddHostedService<Gateway.Telemetry.OpenTelemetryExport>();
        var app = builder.Build();
        app.MapSiloHealth();
        return app;
    }
}
