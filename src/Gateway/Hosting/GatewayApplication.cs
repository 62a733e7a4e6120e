using Actors.Gateway.Access;
using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

/// <summary>Builds the gateway from its command line and settings, refusing what it does not know.</summary>
internal static class GatewayApplication
{
    /// <exception cref="StartRefusedException">An argument or setting is unknown.</exception>
    /// <exception cref="OptionsValidationException">A setting is out of its range.</exception>
    public static WebApplication Create(string[] args, GatewayHosting hosting)
    {
        var builder = CreateBuilder(args, hosting);
        UseListenSetting(builder);
        hosting.Configure(builder);
        builder.Services.AddGateway(hosting.Open);

        var app = builder.Build();
        _ = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        app.Services.GetRequiredService<AdminToken>().Open();
        app.MapGateway();
        return app;
    }

    /// <summary>Settings read, and every one of them known.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args, GatewayHosting hosting)
    {
        var shortNames = new Dictionary<string, string>(CommandLine.ShortNames.Concat(hosting.ShortNames), StringComparer.OrdinalIgnoreCase);
        CommandLine.Check(args, shortNames);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddCommandLine(args, shortNames);
        RefuseUnknown(builder.Configuration, hosting.Sections);
        return builder;
    }

    private static void RefuseUnknown(IConfiguration configuration, IReadOnlyDictionary<string, Type> sections)
    {
        var unknown = UnknownSettings.In(configuration, sections);
        if (unknown.Count > 0)
        {
            throw new StartRefusedException(string.Join("; ", unknown));
        }
    }

    /// <summary>Kestrel's own settings come first, as whoever set them expects.</summary>
    private static void UseListenSetting(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrEmpty(configuration["urls"]) && string.IsNullOrEmpty(configuration["http_ports"]) && string.IsNullOrEmpty(configuration["https_ports"])
            && !configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            builder.WebHost.UseUrls(configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Listen)}"] ?? GatewayOptions.ListenDefault);
        }
    }
}
