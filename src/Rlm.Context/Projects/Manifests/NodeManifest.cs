using System.Text.Json;

namespace Rlm.Context.Projects.Manifests;

/// <summary>Packages of npm, pnpm and yarn.</summary>
internal static class NodeManifest
{
    private const int MaxScript = 80;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary><c>package.json</c>.</summary>
    public static void Read(Manifest manifest, string text)
    {
        using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), Lenient);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("JSON is no object");
        manifest.Name = Text(root, "name");
        foreach (var group in (ReadOnlySpan<string>)["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"])
            foreach (var (name, version) in Pairs(root, group)) Depend(manifest, name, version);
        Workspaces(manifest, root);
        foreach (var (name, path) in root.TryGetProperty("bin", out var bin) && bin.ValueKind == JsonValueKind.String ? [(manifest.Name ?? "bin", bin.GetString()!)] : Pairs(root, "bin")) manifest.EntryPoints.Add($"bin {name}: {path}");
        foreach (var name in (ReadOnlySpan<string>)["main", "module", "browser"])
            if (Text(root, name) is { } path) manifest.EntryPoints.Add($"{name}: {path}");
        foreach (var (name, script) in Pairs(root, "scripts")) manifest.EntryPoints.Add($"script {name}: {(script.Length > MaxScript ? script[..MaxScript] + "…" : script)}");
        foreach (var (name, version) in Pairs(root, "engines")) manifest.Targets.Add($"{name} {version}");
        manifest.Kind = KindOf(manifest, root);
        manifest.Language = manifest.Names.Any(package => package.Name == "typescript") ? "typescript" : "javascript";
    }

    /// <summary><c>pnpm-workspace.yaml</c>: the list under <c>packages</c>.</summary>
    public static void ReadPnpm(Manifest manifest, string text)
    {
        manifest.IsProject = false;
        var isInside = false;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd();
            if (line.Length == 0 || line.TrimStart().StartsWith('#')) continue;
            if (!char.IsWhiteSpace(line[0]) && line[0] != '-') isInside = line.StartsWith("packages:", StringComparison.Ordinal);
            else if (isInside && line.TrimStart().StartsWith('-') && Unquoted(line.TrimStart()[1..]) is { Length: > 0 } glob) manifest.Members.Add(glob);
            if (isInside && line.IndexOf('[') is var open and >= 0)
                manifest.Members.AddRange(line[(open + 1)..].TrimEnd(']').Split(',').Select(Unquoted).Where(glob => glob.Length > 0));
        }
    }

    private static string Unquoted(string text) => text.Split(" #")[0].Trim().Trim('"', '\'').Trim();

    private static void Depend(Manifest manifest, string name, string version)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["file:", "link:", "portal:"])
            if (version.StartsWith(prefix, StringComparison.Ordinal))
            {
                manifest.Paths.Add(version[prefix.Length..]);
                return;
            }
        manifest.Names.Add((name, $"{name} {version}".TrimEnd()));
    }

    private static void Workspaces(Manifest manifest, JsonElement root)
    {
        if (!root.TryGetProperty("workspaces", out var workspaces)) return;
        if (workspaces.ValueKind == JsonValueKind.Object && workspaces.TryGetProperty("packages", out var packages)) workspaces = packages;
        if (workspaces.ValueKind == JsonValueKind.Array) manifest.Members.AddRange(workspaces.EnumerateArray().Where(glob => glob.ValueKind == JsonValueKind.String).Select(glob => glob.GetString()!));
    }

    private static string KindOf(Manifest manifest, JsonElement root)
    {
        var name = (manifest.Name ?? manifest.Path.Parent.Name).ToLowerInvariant();
        if (name is "test" or "tests" or "e2e" || name.EndsWith("-test", StringComparison.Ordinal) || name.EndsWith("-tests", StringComparison.Ordinal) || name.EndsWith("-e2e", StringComparison.Ordinal) || name.EndsWith("/tests", StringComparison.Ordinal)) return ProjectKinds.Tests;
        if (root.TryGetProperty("bin", out _)) return ProjectKinds.Program;
        var isLibrary = root.TryGetProperty("main", out _) || root.TryGetProperty("exports", out _) || root.TryGetProperty("module", out _) || root.TryGetProperty("types", out _);
        return !isLibrary && Pairs(root, "scripts").Any(script => script.Item1 is "start" or "dev" or "serve") ? ProjectKinds.Program : ProjectKinds.Library;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<(string, string)> Pairs(JsonElement element, string name) =>
        element.TryGetProperty(name, out var pairs) && pairs.ValueKind == JsonValueKind.Object ? pairs.EnumerateObject().Where(pair => pair.Value.ValueKind == JsonValueKind.String).Select(pair => (pair.Name, pair.Value.GetString()!)) : [];
}
