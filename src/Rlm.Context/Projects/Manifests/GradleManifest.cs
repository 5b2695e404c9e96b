using System.Text.RegularExpressions;

namespace Rlm.Context.Projects.Manifests;

/// <summary>Builds of Gradle, in either language, read as text: literals of the usual calls, nothing run.</summary>
internal static partial class GradleManifest
{
    // Milliseconds for one pattern over one file, which may be made to be hard.
    private const int Budget = 300;

    public static void ReadBuild(Manifest manifest, string text)
    {
        text = Comments().Replace(text, " ");
        manifest.Language = text.Contains("kotlin", StringComparison.OrdinalIgnoreCase) ? "kotlin" : "java";
        foreach (Match match in ProjectCall().Matches(text)) manifest.Properties["__project:" + match.Groups[1].Value] = "";
        foreach (Match match in Dependency().Matches(text)) manifest.Names.Add((match.Groups["name"].Value, $"{match.Groups["name"].Value} {match.Groups["version"].Value}".TrimEnd()));
        foreach (Match match in MainClass().Matches(text)) manifest.EntryPoints.Add("class " + match.Groups[1].Value);
        if (manifest.EntryPoints.Count > 0 || Application().IsMatch(text)) manifest.Kind = ProjectKinds.Program;
    }

    public static void ReadSettings(Manifest manifest, string text)
    {
        text = Comments().Replace(text, " ");
        (manifest.Kind, manifest.Language) = (ProjectKinds.Workspace, "groovy");
        if (RootName().Match(text) is { Success: true } name) manifest.Name = name.Groups[1].Value;
        foreach (Match include in Include().Matches(text))
            foreach (Match project in Literal().Matches(include.Value)) manifest.Paths.Add(project.Groups[1].Value.Trim(':').Replace(':', '/'));
    }

    [GeneratedRegex(@"(?<![:""'\w])//[^\n]*|/\*[\s\S]*?\*/", RegexOptions.None, Budget)]
    private static partial Regex Comments();

    [GeneratedRegex("""\bproject\s*\(\s*(?:path\s*[:=]\s*)?['"](:[\w:.-]{1,300})['"]""", RegexOptions.None, Budget)]
    private static partial Regex ProjectCall();

    [GeneratedRegex("""\b(?:implementation|api|compile|compileOnly|runtimeOnly|testImplementation|testCompile|testRuntimeOnly|kapt|ksp|annotationProcessor|androidTestImplementation|debugImplementation)\s*\(?\s*(?:platform\s*\(\s*)?['"](?<name>[\w.-]+:[\w.-]+)(?::(?<version>[^'":\n]{1,100}))?""", RegexOptions.None, Budget)]
    private static partial Regex Dependency();

    [GeneratedRegex("""\bmainClass(?:Name)?\s*(?:=|\.set\s*\()\s*['"]([\w.$]{1,300})['"]""", RegexOptions.None, Budget)]
    private static partial Regex MainClass();

    [GeneratedRegex("""(?:\bid\s*\(?\s*['"]|apply\s+plugin:\s*['"]|^\s*)(?:application|com\.android\.application|org\.springframework\.boot)['"\s]""", RegexOptions.Multiline, Budget)]
    private static partial Regex Application();

    [GeneratedRegex("""rootProject\.name\s*=\s*['"]([^'"\n]{1,200})['"]""", RegexOptions.None, Budget)]
    private static partial Regex RootName();

    [GeneratedRegex("""\binclude\b\s*\(?(?:\s*,?\s*['"][^'"\n]{1,300}['"])+""", RegexOptions.None, Budget)]
    private static partial Regex Include();

    [GeneratedRegex("""['"]([^'"\n]{1,300})['"]""", RegexOptions.None, Budget)]
    private static partial Regex Literal();
}
