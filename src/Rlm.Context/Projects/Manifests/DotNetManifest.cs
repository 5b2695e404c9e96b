using System.Text.RegularExpressions;

namespace Rlm.Context.Projects.Manifests;

/// <summary>MSBuild projects, SDK style or old. Conditions are not evaluated: what stands under any of them counts.</summary>
internal static partial class DotNetManifest
{
    /// <summary>A project file.</summary>
    public static void Read(Manifest manifest, string text)
    {
        manifest.Name = System.IO.Path.GetFileNameWithoutExtension(manifest.Path.Name);
        manifest.Language = System.IO.Path.GetExtension(manifest.Path.Name) switch { ".csproj" => "csharp", ".vbproj" => "vb", ".fsproj" => "fsharp", ".vcxproj" => "cpp", ".sqlproj" => "sql", ".pyproj" => "python", ".esproj" or ".njsproj" => "javascript", _ => "msbuild" };
        Elements(manifest, text);
    }

    /// <summary>Properties and packages for all projects below.</summary>
    public static void ReadShared(Manifest manifest, string text)
    {
        manifest.IsProject = false;
        Elements(manifest, text);
        // MSBuild takes the nearest file alone unless that asks for the next one.
        if (text.Contains("GetPathOfFileAbove", StringComparison.Ordinal) || text.Contains("../Directory.Build.props", StringComparison.Ordinal) || text.Contains("..\\Directory.Build.props", StringComparison.Ordinal)) manifest.Properties["__goes_on"] = "true";
    }

    /// <summary>Packages of the old style.</summary>
    public static void ReadPackages(Manifest manifest, string text)
    {
        manifest.IsProject = false;
        SafeXml.Read(text, (names, attribute, _) =>
        {
            if (names[^1] == "package" && attribute("id") is { Length: > 0 } id) manifest.Names.Add((id, $"{id} {attribute("version")}".TrimEnd()));
        });
    }

    private static void Elements(Manifest manifest, string text) => SafeXml.Read(text, (names, attribute, value) =>
    {
        var name = names[^1];
        if (names.Count == 1 && attribute("Sdk") is { } sdk) manifest.Properties.TryAdd("__sdk", sdk);
        else if (name == "Sdk" && attribute("Name") is { } named) manifest.Properties.TryAdd("__sdk", named);
        else if (names.Count == 3 && names[1] == "PropertyGroup") Property(manifest, name, value);
        else if (names.Count == 4 && names[2] == "PackageReference" && name == "Version") manifest.Properties["__version"] = value; // closes before its package does
        else if (names.Count >= 3 && names[^2] == "ItemGroup" && (attribute("Include") ?? attribute("Update")) is { Length: > 0 } item) Item(manifest, name, item, attribute("Version") ?? attribute("VersionOverride"));
    });

    private static void Property(Manifest manifest, string name, string value)
    {
        if (value.Length == 0) return;
        if (name is "TargetFramework" or "TargetFrameworks" or "TargetFrameworkVersion") manifest.Targets.AddRange(value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        else if (name is "OutputType" or "ConfigurationType" && IsProgram(value)) manifest.Properties[name] = value;
        else manifest.Properties.TryAdd(name, value);
    }

    private static void Item(Manifest manifest, string name, string item, string? version)
    {
        switch (name)
        {
            case "ProjectReference":
                manifest.Paths.AddRange(item.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(path => path.Replace('\\', '/')));
                break;
            case "PackageReference":
                if (manifest.Properties.Remove("__version", out var inside)) version ??= inside;
                manifest.Names.Add((item, version is null ? item : $"{item} {version}"));
                break;
            case "PackageVersion" when version is not null:
                manifest.Properties["__version:" + item] = version;
                break;
            case "Reference":
                manifest.Properties["__reference:" + item.Split(',')[0]] = "";
                break;
        }
    }

    /// <summary>What kind of project it is, by its own properties and those that it inherits.</summary>
    public static string KindOf(Manifest manifest)
    {
        if (IsTest(manifest)) return ProjectKinds.Tests;
        if (manifest.Properties.GetValueOrDefault("OutputType") is { } output) return IsProgram(output) ? ProjectKinds.Program : ProjectKinds.Library;
        if (manifest.Properties.GetValueOrDefault("ConfigurationType") is { } native) return IsProgram(native) ? ProjectKinds.Program : ProjectKinds.Library;
        return manifest.Properties.GetValueOrDefault("__sdk", "") is var sdk && (sdk.Contains(".Web", StringComparison.Ordinal) || sdk.Contains(".Worker", StringComparison.Ordinal)) && !sdk.Contains("Razor", StringComparison.Ordinal) ? ProjectKinds.Program : ProjectKinds.Library;
    }

    private static bool IsProgram(string output) => output.Equals("Exe", StringComparison.OrdinalIgnoreCase) || output.Equals("WinExe", StringComparison.OrdinalIgnoreCase) || output.Equals("Application", StringComparison.OrdinalIgnoreCase);

    private static bool IsTest(Manifest manifest)
    {
        if (manifest.Properties.TryGetValue("IsTestProject", out var said)) return said.Equals("true", StringComparison.OrdinalIgnoreCase);
        return manifest.Names.Any(package => IsTestPackage(package.Name)) || manifest.Properties.Keys.Any(key => key.StartsWith("__reference:", StringComparison.Ordinal) && IsTestPackage(key["__reference:".Length..]))
            || TestName().IsMatch(manifest.Name ?? "") || manifest.Properties.ContainsKey("TestProjectType") || manifest.Properties.GetValueOrDefault("__sdk", "").StartsWith("MSTest.Sdk", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsTestPackage(string name) => name.ToLowerInvariant() is "microsoft.net.test.sdk" or "xunit" or "xunit.v3" or "xunit.core" or "nunit" or "nunit3testadapter" or "mstest" or "mstest.testframework" or "tunit"
        or "nunit.framework" or "nunitlite" or "microsoft.visualstudio.qualitytools.unittestframework" or "xunit.runner.visualstudio" or "expecto";

    // Build systems that give test projects their packages know them by the same names: App.Tests, App.UnitTests, App-tests-net_4_x.
    [GeneratedRegex(@"Tests([._-]|\z)|(^|[._-])[Tt]ests?([._-]|\z)")]
    private static partial Regex TestName();
}
