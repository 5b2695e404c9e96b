namespace Rlm.Context.Projects.Manifests;

/// <summary>Short ways into what <see cref="Toml"/> reads.</summary>
internal static class TomlExtensions
{
    /// <summary>The value at a key of parts between dots; null when there is none.</summary>
    public static string? At(this IReadOnlyList<(string Key, string Value)> values, string key)
    {
        var full = key.Replace('.', Toml.Separator);
        return values.FirstOrDefault(pair => pair.Key == full).Value;
    }

    /// <summary>The values of an array.</summary>
    public static IEnumerable<string> List(this IReadOnlyList<(string Key, string Value)> values, string key) =>
        values.Below(key).Where(pair => int.TryParse(pair.Key, out _)).Select(pair => pair.Value);

    /// <summary>All values below a key, with the rest of their keys in dots.</summary>
    public static IEnumerable<(string Key, string Value)> Below(this IReadOnlyList<(string Key, string Value)> values, string key)
    {
        var full = key.Replace('.', Toml.Separator) + Toml.Separator;
        return values.Where(pair => pair.Key.StartsWith(full, StringComparison.Ordinal)).Select(pair => (pair.Key[full.Length..].Replace(Toml.Separator, '/'), pair.Value));
    }

    /// <summary>Whether there is a table.</summary>
    public static bool Has(this IReadOnlyList<(string Key, string Value)> values, string key) => values.Below(key).Any();
}
