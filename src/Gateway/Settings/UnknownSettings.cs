using System.Collections;

namespace Actors.Gateway.Settings;

/// <summary>
/// Finds settings under <c>Actors</c> that nothing reads. A mistyped bound that is silently not in force is worse than a node that does
/// not start.
/// </summary>
internal static class UnknownSettings
{
    /// <summary>A sentence for each; empty when all are known.</summary>
    public static IReadOnlyList<string> In(IConfiguration configuration)
    {
        var found = new List<string>();
        Walk(configuration.GetSection(GatewayOptions.Section), typeof(GatewayOptions), found);
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

        var known = IsLeaf(type) ? [] : type.GetProperties().Where(p => p.CanWrite).ToArray();
        foreach (var child in section.GetChildren())
        {
            var property = Array.Find(known, p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                found.Add($"the setting {child.Path} is unknown" + (known.Length == 0 ? "" : $"; {section.Path} has {string.Join(", ", known.Select(p => p.Name))}"));
            }
            else
            {
                Walk(child, property.PropertyType, found);
            }
        }
    }

    private static bool IsLeaf(Type type) => type == typeof(string) || type.IsPrimitive;
}
