using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Rlm.Context.Files;

namespace Rlm.Context.Projects.Manifests;

/// <summary>Knows by a file's name whether it describes a project, and reads it as data: no build, no restore, no entity, nothing included from elsewhere.</summary>
internal static class ManifestReader
{
    /// <summary>A manifest beyond this many characters is not read.</summary>
    public const int MaxCharacters = 4 << 20;

    /// <summary>Whether a file is looked at.</summary>
    public static bool IsManifest(string name) => ReaderOf(name) is not null;

    /// <summary>What it says; of a broken file what was understood, and what is wrong.</summary>
    public static Manifest Read(RepoPath path, string text)
    {
        var reader = ReaderOf(path.Name)!.Value;
        var manifest = new Manifest(path, reader.Ecosystem);
        try
        {
            if (text.Length > MaxCharacters) manifest.Problem = "too large";
            else reader.Read(manifest, text);
        }
        catch (XmlException fault)
        {
            manifest.Problem = $"XML is broken at line {fault.LineNumber}";
        }
        catch (JsonException fault)
        {
            manifest.Problem = $"JSON is broken at line {(fault.LineNumber ?? 0) + 1}";
        }
        catch (RegexMatchTimeoutException)
        {
            manifest.Problem = "too hard to read";
        }
        catch (FormatException fault)
        {
            manifest.Problem = fault.Message;
        }
        return manifest;
    }

    private static (string Ecosystem, Action<Manifest, string> Read)? ReaderOf(string name) => name switch
    {
        "package.json" => ("node", NodeManifest.Read),
        "pnpm-workspace.yaml" => ("node", NodeManifest.ReadPnpm),
        "pyproject.toml" => ("python", PythonManifest.ReadToml),
        "setup.cfg" => ("python", PythonManifest.ReadConfig),
        "setup.py" => ("python", PythonManifest.ReadScript),
        "go.mod" => ("go", GoManifest.ReadModule),
        "go.work" => ("go", GoManifest.ReadWork),
        "Cargo.toml" => ("cargo", CargoManifest.Read),
        "pom.xml" => ("maven", MavenManifest.Read),
        "build.gradle" or "build.gradle.kts" => ("gradle", GradleManifest.ReadBuild),
        "settings.gradle" or "settings.gradle.kts" => ("gradle", GradleManifest.ReadSettings),
        "Directory.Build.props" or "Directory.Packages.props" => ("dotnet", DotNetManifest.ReadShared),
        "packages.config" => ("dotnet", DotNetManifest.ReadPackages),
        _ when name.StartsWith("requirements", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal) => ("python", PythonManifest.ReadRequirements),
        _ => System.IO.Path.GetExtension(name) switch
        {
            ".sln" => ("dotnet", SolutionManifest.Read),
            ".slnx" => ("dotnet", SolutionManifest.ReadXml),
            { Length: > 4 } ending when ending.EndsWith("proj", StringComparison.Ordinal) => ("dotnet", DotNetManifest.Read),
            _ => null,
        },
    };
}
