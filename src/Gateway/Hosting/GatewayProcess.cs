using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

/// <summary>The gateway as a process: runs until told to stop, and says in one line why it did not start.</summary>
internal static class GatewayProcess
{
    private const int Stopped = 0;
    private const int NotStarted = 2;

    public static async Task<int> RunAsync(string[] args, GatewayHosting hosting)
    {
        try
        {
            await using var app = GatewayApplication.Create(args, hosting);
            var host = app.Services.GetRequiredService<NodeHost>();
            await app.RunAsync();
            return host.Failure is { } failure ? Refuse(hosting.Program, failure) : Stopped;
        }
        catch (Exception e) when (e is StartRefusedException or OptionsValidationException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return Refuse(hosting.Program, e);
        }
    }

    public static int Refuse(string program, Exception reason)
    {
        Console.Error.WriteLine($"The {program} did not start: {reason.Message}");
        return NotStarted;
    }
}
