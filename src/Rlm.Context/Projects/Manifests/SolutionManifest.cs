using System.Text.RegularExpressions;

namespace Rlm.Context.Projects.Manifests;

/// <summary>Solutions: the projects that they name.</summary>
internal static partial class SolutionManifest
{
    /// <summary>The old form.</summary>
    public static void Read(Manifest manifest, string text)
    {
        Begin(manifest);
        foreach (var line in text.Split('\n'))
            if (ProjectLine().Match(line) is { Success: true } match && match.Groups["path"].Value is var path && path.EndsWith("proj", StringComparison.OrdinalIgnoreCase)) manifest.Paths.Add(path.Replace('\\', '/'));
        if (manifest.Paths.Count == 0 && !text.Contains("Visual Studio Solution File", StringComparison.Ordinal)) manifest.Problem = "no solution of a known form";
    }

    /// <summary>The form in XML.</summary>
    public static void ReadXml(Manifest manifest, string text)
    {
        Begin(manifest);
        SafeXml.Read(text, (names, attribute, _) =>
        {
            if (names[^1] == "Project" && attribute("Path") is { Length: > 0 } path) manifest.Paths.Add(path.Replace('\\', '/'));
        });
    }

    private static void Begin(Manifest manifest)
    {
        manifest.Name = System.IO.Path.GetFileNameWithoutExtension(manifest.Path.Name);
        manifest.Kind = ProjectKinds.Solution;
        manifest.Language = "solution";
    }

    [GeneratedRegex("""^\s*Project\("[^"]{0,60}"\)\s*=\s*"[^"]{0,400}",\s*"(?<path>[^"]{1,1000})",""", RegexOptions.CultureInvariant)]
    private static partial Regex ProjectLine();
}
