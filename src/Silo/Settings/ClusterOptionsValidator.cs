using System.Net;
using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Settings;

internal sealed class ClusterOptionsValidator : IValidateOptions<ClusterOptions>
{
    private const int NameCharactersMax = 100;
    private const int PortMax = 65_535;
    private const int DayMs = 24 * 60 * 60 * 1000;

    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var ranges = new Ranges(ClusterOptions.Section);
        var portMin = options.Local ? 0 : 1;
        ranges.Require(nameof(options.SiloPort), options.SiloPort, portMin, PortMax);
        ranges.Require(nameof(options.GatewayPort), options.GatewayPort, portMin, PortMax);
        ranges.Require(nameof(options.MessageBytesMax), options.MessageBytesMax, 8 << 20, 256 << 20);
        ranges.Require(nameof(options.CallTimeoutMs), options.CallTimeoutMs, 1_000, DayMs);
        ranges.Require(nameof(options.QueuedCallsMax), options.QueuedCallsMax, 1, 10_000_000);
        ranges.Require(nameof(options.SheddingProcessorPercent), options.SheddingProcessorPercent, 0, 100);
        ranges.Require(nameof(options.IdleMs), options.IdleMs, 60_000, DayMs);
        ranges.Require(nameof(options.DueEveryMs), options.DueEveryMs, 5_000, 60 * 60 * 1000);
        ranges.Require(nameof(options.DrainMs), options.DrainMs, 1_000, DayMs);
        var numbers = ranges.ToResult();
        var failures = (numbers.Failures ?? []).Concat(Texts(options)).Concat(options.Tls is { } tls ? Files(tls) : []).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Texts(ClusterOptions options)
    {
        foreach (var (setting, value) in new[] { (nameof(options.ClusterId), options.ClusterId), (nameof(options.ServiceId), options.ServiceId), (nameof(options.SiloName), options.SiloName) })
        {
            if (value.Length is 0 or > NameCharactersMax)
            {
                yield return $"{ClusterOptions.Section}:{setting} has {value.Length} characters, expected 1 to {NameCharactersMax}";
            }
        }

        if (!IPAddress.TryParse(options.AdvertisedAddress, out _))
        {
            yield return $"{ClusterOptions.Section}:AdvertisedAddress is '{options.AdvertisedAddress}', expected an IP address at which other silos reach this one";
        }

        if (!Uri.TryCreate(options.HealthListen, UriKind.Absolute, out _))
        {
            yield return $"{ClusterOptions.Section}:HealthListen is '{options.HealthListen}', expected a URL";
        }

        if (options.Local)
        {
            if (options.Role != ClusterRole.Both)
            {
                yield return $"{ClusterOptions.Section}:Role is {options.Role}, but Local is one process that does both";
            }

            yield break;
        }

        if (options.Role != ClusterRole.Gateway && options.SecretFile.Length == 0)
        {
            yield return $"{ClusterOptions.Section}:SecretFile is missing: a file with 64 hex digits, the same for all silos; openssl rand -hex 32 makes one";
        }
    }

    private static IEnumerable<string> Files(TlsOptions tls)
    {
        foreach (var (setting, file) in new[] { (nameof(tls.CertificateFile), tls.CertificateFile), (nameof(tls.KeyFile), tls.KeyFile), (nameof(tls.AuthorityFile), tls.AuthorityFile) })
        {
            if (!File.Exists(file))
            {
                yield return $"{ClusterOptions.Section}:Tls:{setting} names '{file}', which is not there";
            }
        }
    }
}
