using System.Text.RegularExpressions;

namespace Rlm.Context.Projects.Manifests;

/// <summary>Python projects: <c>pyproject.toml</c> (standard, Poetry, uv), <c>setup.cfg</c>, <c>setup.py</c> read as text, requirements.</summary>
internal static partial class PythonManifest
{
    // Milliseconds for one pattern over one file, which may be made to be hard.
    private const int Budget = 300;

    private const int MaxRequirements = 5_000;

    public static void ReadToml(Manifest manifest, string text)
    {
        manifest.Language = "python";
        var values = Toml.Read(text);
        manifest.Name = values.At("project.name") ?? values.At("tool.poetry.name") ?? values.At("tool.flit.metadata.module");
        // A file of settings for tools alone describes no project.
        manifest.IsProject = manifest.Name is not null || values.Has("project") || values.Has("tool.poetry") || values.Has("build-system");
        if (values.At("project.requires-python") is { } version) manifest.Targets.Add("python " + version);
        foreach (var required in values.List("project.dependencies").Concat(values.Below("project.optional-dependencies").Concat(values.Below("dependency-groups")).Select(pair => pair.Value))) Require(manifest, required);
        foreach (var group in (ReadOnlySpan<string>)["tool.poetry.dependencies", "tool.poetry.dev-dependencies", "tool.poetry.group.dev.dependencies", "tool.poetry.group.test.dependencies"]) Poetry(manifest, values.Below(group));
        foreach (var (key, path) in values.Below("tool.uv.sources"))
            if (key.EndsWith("/path", StringComparison.Ordinal)) manifest.Paths.Add(path);
        manifest.Members.AddRange(values.List("tool.uv.workspace.members"));
        foreach (var group in (ReadOnlySpan<string>)["project.scripts", "project.gui-scripts", "tool.poetry.scripts"])
            foreach (var (name, target) in values.Below(group)) manifest.EntryPoints.Add($"script {name}: {target}");
        Finish(manifest);
    }

    public static void ReadConfig(Manifest manifest, string text)
    {
        manifest.Language = "python";
        var (section, key) = ("", "");
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd();
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line[0] == '[') (section, key) = (line.Trim('[', ']', ' '), "");
            else if (!char.IsWhiteSpace(line[0]) && line.IndexOf('=') is var equals and > 0)
            {
                key = line[..equals].Trim();
                if (line[(equals + 1)..].Trim() is { Length: > 0 } value) Config(manifest, section, key, value);
            }
            else if (key.Length > 0) Config(manifest, section, key, line.Trim());
        }
        manifest.IsProject = manifest.Name is not null;
        Finish(manifest);
    }

    /// <summary>Literals of the call to <c>setup</c>: the script is never run.</summary>
    public static void ReadScript(Manifest manifest, string text)
    {
        manifest.Language = "python";
        if (NameArgument().Match(text) is { Success: true } name) manifest.Name = name.Groups[1].Value;
        foreach (Match list in RequireArgument().Matches(text))
            foreach (Match required in Literal().Matches(list.Groups[1].Value)) Require(manifest, required.Groups[2].Value);
        foreach (Match list in ScriptsArgument().Matches(text))
            foreach (Match script in Literal().Matches(list.Groups[1].Value)) manifest.EntryPoints.Add("script " + script.Groups[2].Value.Replace("=", ":", StringComparison.Ordinal));
        manifest.IsProject = text.Contains("setup(", StringComparison.Ordinal);
        Finish(manifest);
    }

    public static void ReadRequirements(Manifest manifest, string text)
    {
        manifest.Language = "python";
        manifest.IsProject = false;
        foreach (var raw in text.Split('\n').Take(MaxRequirements))
        {
            var line = raw.Split(" #")[0].Trim();
            if (line.StartsWith("-e ", StringComparison.Ordinal) || line.StartsWith("--editable ", StringComparison.Ordinal)) manifest.Paths.Add(line[line.IndexOf(' ')..].Trim().Split('[')[0]);
            else if (line.StartsWith("./", StringComparison.Ordinal) || line.StartsWith("../", StringComparison.Ordinal)) manifest.Paths.Add(line.Split('[')[0]);
            else if (line.Length > 0 && line[0] is not ('#' or '-')) Require(manifest, line);
        }
    }

    /// <summary>The form in which names of packages are compared (PEP 503).</summary>
    public static string Normalize(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    private static void Config(Manifest manifest, string section, string key, string value)
    {
        if (section == "metadata" && key == "name") manifest.Name = value;
        else if (section == "options" && key == "install_requires" || section == "options.extras_require") Require(manifest, value);
        else if (section == "options" && key == "python_requires") manifest.Targets.Add("python " + value);
        else if (section == "options.entry_points" && key is "console_scripts" or "gui_scripts") manifest.EntryPoints.Add("script " + value.Replace(" = ", ": ", StringComparison.Ordinal));
    }

    private static void Poetry(Manifest manifest, IEnumerable<(string Key, string Value)> dependencies)
    {
        foreach (var (key, value) in dependencies)
        {
            var name = key.Split('/')[0];
            if (name == "python") manifest.Targets.Add("python " + value);
            else if (key.EndsWith("/path", StringComparison.Ordinal)) manifest.Paths.Add(value);
            else if (key == name || key.EndsWith("/version", StringComparison.Ordinal)) manifest.Names.Add((Normalize(name), $"{name} {value}"));
        }
    }

    private static void Require(Manifest manifest, string required)
    {
        var match = Requirement().Match(required.Trim());
        if (match.Success) manifest.Names.Add((Normalize(match.Value), required.Split(';')[0].Trim()));
    }

    private static void Finish(Manifest manifest)
    {
        if (manifest.EntryPoints.Count > 0) manifest.Kind = ProjectKinds.Program;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*", RegexOptions.None, Budget)]
    private static partial Regex Requirement();

    [GeneratedRegex(@"[-_.]+", RegexOptions.None, Budget)]
    private static partial Regex Separators();

    [GeneratedRegex("""\bname\s*=\s*['"]([^'"\n]{1,200})['"]""", RegexOptions.None, Budget)]
    private static partial Regex NameArgument();

    [GeneratedRegex("""\binstall_requires\s*=\s*\[([^\]]{0,20000})\]""", RegexOptions.None, Budget)]
    private static partial Regex RequireArgument();

    [GeneratedRegex("""['"](?:console|gui)_scripts['"]\s*:\s*\[([^\]]{0,20000})\]""", RegexOptions.None, Budget)]
    private static partial Regex ScriptsArgument();

    [GeneratedRegex("""(['"])([^'"\n]{1,300})\1""", RegexOptions.None, Budget)]
    private static partial Regex Literal();
}
