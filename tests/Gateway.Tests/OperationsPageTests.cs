using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Actors.Engine.Telemetry;
using Actors.Gateway.Settings;
using Actors.Gateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Gateway.Tests;

/// <summary>docs/operations.md names what there is, with its default or unit, and nothing else.</summary>
public sealed class OperationsPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "operations.md"));

    [Fact]
    public void Every_setting_is_there_with_its_default()
    {
        var documented = Rows("| setting |").ToDictionary(row => row[0], row => row[1]);
        var settings = SettingsOf(new GatewayOptions(), "").ToDictionary(setting => setting.Name, setting => setting.Default);
        Assert.Equal(settings.Keys.Order(), documented.Keys.Order());
        foreach (var (name, value) in settings.Where(setting => setting.Value is { Length: > 0 }))
        {
            Assert.Equal((name, value), (name, documented[name].Trim('`')));
        }
    }

    [Fact]
    public void Settings_that_the_page_of_the_API_names_are_there()
    {
        var settings = SettingsOf(new GatewayOptions(), "").Select(setting => setting.Name).ToHashSet();
        var named = Regex.Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "http-api.md")), "Actors:([A-Za-z0-9:]+)").Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, settings));
    }

    [Fact]
    public void Every_metric_is_there_with_its_kind_and_unit()
    {
        var found = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name is EngineMetrics.Name or GatewayMetrics.Name)
            {
                found.Enqueue($"{instrument.Name} {KindOf(instrument)} {instrument.Unit}");
            }
        };
        listener.Start();
        RuntimeHelpers.RunClassConstructor(typeof(EngineMetrics).TypeHandle);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _ = new GatewayMetrics(services.GetRequiredService<IMeterFactory>());
        var documented = Rows("| metric |").Select(row => $"{row[0]} {row[1]} {row[2]}");
        Assert.Equal(found.Distinct().Order(), documented.Order());
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" => "counter",
        "UpDownCounter" => "up-down counter",
        "Histogram" => "histogram",
        var other => other,
    };

    /// <summary>Leaves of the options, as paths under the section; no default where there is none or where it depends on the machine.</summary>
    private static IEnumerable<(string Name, string? Default)> SettingsOf(object options, string path)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var name = path + property.Name;
            var type = property.PropertyType;
            if (type == typeof(string) || type.IsPrimitive)
            {
                var dependsOnMachine = name is "DataFolder" or "Engine:VerifyWorkersMax";
                yield return (name, dependsOnMachine ? null : Convert.ToString(property.GetValue(options), System.Globalization.CultureInfo.InvariantCulture));
                continue;
            }

            foreach (var inner in type.IsAssignableTo(typeof(IEnumerable)) ? ElementsOf(type, name) : SettingsOf(property.GetValue(options) ?? Activator.CreateInstance(type)!, name + ":"))
            {
                yield return inner;
            }
        }
    }

    /// <summary>A list's elements are named by N, or by M inside another; a dictionary's by CHAIN, its only use.</summary>
    private static IEnumerable<(string Name, string? Default)> ElementsOf(Type type, string name)
    {
        var element = type.GetGenericArguments()[^1];
        var index = type.IsAssignableTo(typeof(IDictionary)) ? "CHAIN" : name.Contains(":N:") ? "M" : "N";
        var path = $"{name}:{index}";
        return element == typeof(string) || element.IsPrimitive ? [(path, null)]
            : element.IsAssignableTo(typeof(IEnumerable)) ? ElementsOf(element, path)
            : SettingsOf(Activator.CreateInstance(element)!, path + ":");
    }

    /// <summary>The cells of the table whose head begins so.</summary>
    private static IEnumerable<string[]> Rows(string head) => Page
        .SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|').Skip(1).Select(cell => cell.Trim()).ToArray())
        .Select(cells => (string[])[cells[0].Trim('`'), .. cells[1..]]);
}
