using System.Collections;

namespace Actors.Gateway.Settings;

/// <summary>
/// Finds settings under <c>Actors</c> that nothing reads. A mistyped bound that is silently not in force is worse than a node that does
/// not start.
/// </summary>
internal static class UnknownSettings
{
    /// <summary>A sentence for each; empty when all are known. <paramref name="sections"/> are read beside the gateway's own.</summary>
    public static IReadOnlyList<string> In(IConfiguration configuration, IReadOnlyDictionary<string, Type> sections)
    {
        var found = new List<string>();
        var known = typeof(GatewayOptions).GetProperties().Where(p => p.CanWrite).ToDictionary(p => p.Name, p => p.PropertyType, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, type) in sections)
        {
            known.Add(name, type);
        }

        Walk(configuration.GetSection(GatewayOptions.Section), known, found);
        return found;
    }

    private static void Walk(IConfigurationSection section, Type type, List<string> found)
    {
        if (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)))
        {
            foreach (var element in section.GetChildren())
            {
                Walk(element, type.GetGenericArguments()[^1], found);
            }

            return;
        }

        var known = IsLeaf(type) ? [] : type.GetProperties().Where(p => p.CanWrite).ToDictionary(p => p.Name, p => p.PropertyType, StringComparer.OrdinalIgnoreCase);
        Walk(section, known, found);
    }

    private static void Walk(IConfigurationSection section, Dictionary<string, Type> known, List<string> found)
    {
        foreach (var child in section.GetChildren())
        {
            if (known.TryGetValue(child.Key, out var type))
            {
                Walk(child, type, found);
            }
            else
            {
                found.Add($"the setting {child.Path} is unknown" + (known.Count == 0 ? "" : $"; {section.Path} has {string.Join(", ", known.Keys)}"));
            }
        }
    }

    private static bool IsLeaf(Type type) => type == typeof(string) || type.IsPrimitive || type.IsEnum;
}
