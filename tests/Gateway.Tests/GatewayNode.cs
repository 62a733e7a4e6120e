using System.Net.Http.Headers;
using Actors.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Gateway.Tests;

/// <summary>A gateway over the real engine, on a loopback port of its own and a folder that is removed with it.</summary>
internal sealed class GatewayNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayNode(WebApplication app, string folder)
    {
        _app = app;
        Folder = folder;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        AdminToken = File.ReadAllText(Path.Combine(folder, "admin-token")).Trim();
        Client = CreateClient(null);
        Admin = CreateClient(AdminToken);
    }

    public string Folder { get; }

    public Uri Address { get; }

    public string AdminToken { get; }

    /// <summary>Without credentials.</summary>
    public HttpClient Client { get; }

    public HttpClient Admin { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<GatewayNode> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("actors-gateway-").FullName;
        var app = GatewayApplication.Create(["--data", folder, "--listen", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", .. settings], new GatewayHosting(EmbeddedNode.Opener));
        await app.StartAsync();
        var host = app.Services.GetRequiredService<NodeHost>();
        while (!host.IsOpen && host.Failure is null)
        {
            await Task.Yield();
        }

        return new GatewayNode(app, folder);
    }

    public HttpClient CreateClient(string? token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Admin.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>One gateway with a demo chain for the tests of a class.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    internal GatewayNode Node { get; private set; } = null!;

    internal DemoChain Demo { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Node = await GatewayNode.StartAsync();
        Demo = await DemoChain.CreateAsync(Node);
    }

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
