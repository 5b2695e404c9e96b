using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Files;

namespace Rlm.Context.Binding.Projects;

/// <summary>Makes a <see cref="CSharpProject"/> of a project file. Keeps the XML of files that many projects import. For one snapshot.</summary>
internal sealed class ProjectReader(Snapshot snapshot, Func<RepoPath, string?> read)
{
    private static readonly System.Buffers.SearchValues<char> NoNames = System.Buffers.SearchValues.Create("/\\:*?\"<>|$\0");

    private readonly Dictionary<RepoPath, XElement?> _files = [];

    /// <summary>The newest .NET whose assemblies are at hand.</summary>
    public static int NewestMajor => Environment.Version.Major;

    /// <summary>Files that are no XML, and why.</summary>
    public Dictionary<RepoPath, string> Faults { get; } = [];

    /// <summary>Reads one; null when it is no XML (see <see cref="Faults"/>).</summary>
    public CSharpProject? Read(RepoPath path)
    {
        if (Load(path) is not { } root) return null;
        var first = ProjectEvaluator.Evaluate(path, new(root), Copy, Exists, framework: null);
        var frameworks = FrameworksOf(first);
        var best = TargetFramework.Best(frameworks, NewestMajor);
        var project = ProjectEvaluator.Evaluate(path, new(root), Copy, Exists, best);
        var properties = project.Properties;
        var folder = path.Parent.IsRoot ? "/" : $"/{path.Parent.Value}/";
        var wanted = Items(project, "ProjectReference").Where(item => !item["ReferenceOutputAssembly"].Equals("false", StringComparison.OrdinalIgnoreCase)).Select(item => (item.Spec, Path: PropertyBag.PathOf(item.Spec, folder))).ToArray();
        return new()
        {
            Path = path,
            Name = NameOf(properties, path),
            Files = CompileItems.Of(project, path, snapshot),
            Framework = best,
            Frameworks = frameworks,
            References = [.. wanted.Where(one => one.Path is { } at && Exists(at)).Select(one => one.Path!.Value).Distinct().Order()],
            Packages = PackagesOf(project),
            SharedFrameworks = SharedFrameworksOf(project),
            GlobalUsings = GlobalUsings.Of(project),
            AssemblyAttributes = AttributesOf(project),
            Parsing = ParsingOf(project, best),
            Options = OptionsOf(properties),
            IsTest = IsTest(project),
            Notes = [.. project.Notes, .. wanted.Where(one => one.Path is not { } at || !Exists(at)).Select(one => $"project reference {one.Spec} not found"), .. best.Family == FrameworkFamily.Unknown ? [$"target framework '{best.Moniker}' not known"] : Array.Empty<string>()],
        };
    }

    private XElement? Copy(RepoPath path) => Load(path) is { } root ? new(root) : null;

    private XElement? Load(RepoPath path)
    {
        if (_files.TryGetValue(path, out var known)) return known;
        string? fault = null;
        var root = snapshot.IndexOf(path) >= 0 && read(path) is { } text ? ProjectXml.Parse(text, out fault) : null;
        if (fault is not null) Faults[path] = fault;
        return _files[path] = root;
    }

    private bool Exists(RepoPath path) => snapshot.IndexOf(path) >= 0 || snapshot.HasFolder(path);

    private static IEnumerable<EvaluatedItem> Items(ProjectEvaluator project, string type)
    {
        var items = new List<EvaluatedItem>();
        foreach (var item in project.Items.Where(item => item.Type == type))
        {
            if (item.Action == ItemAction.Remove) items.RemoveAll(other => other.Spec.Equals(item.Spec, StringComparison.OrdinalIgnoreCase));
            else if (item.Action == ItemAction.Include) items.Add(item);
        }
        return items;
    }

    private static IReadOnlyList<TargetFramework> FrameworksOf(ProjectEvaluator project)
    {
        var all = project.Properties["TargetFrameworks"] is { Length: > 0 } many ? many : project.Properties["TargetFramework"];
        var frameworks = all.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(TargetFramework.Parse).ToArray();
        if (frameworks.Length > 0) return frameworks;
        return [project.Properties["TargetFrameworkVersion"] is { Length: > 0 } old ? TargetFramework.OfVersion(old) : TargetFramework.Parse(project.IsSdkStyle ? $"net{NewestMajor}.0" : "net48")];
    }

    private static string NameOf(PropertyBag properties, RepoPath path)
    {
        var name = properties["AssemblyName"].Trim();
        return name.Length is > 0 and < 200 && !name.AsSpan().ContainsAny(NoNames) ? name : System.IO.Path.GetFileNameWithoutExtension(path.Name);
    }

    private static List<PackageUse> PackagesOf(ProjectEvaluator project)
    {
        var central = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in project.Items.Where(item => item.Type == "PackageVersion" && item.Action != ItemAction.Remove)) central[item.Spec] = item["Version"];
        var updated = project.Items.Where(item => item.Type == "PackageReference" && item.Action == ItemAction.Update && item["Version"].Length > 0).GroupBy(item => item.Spec, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Last()["Version"], StringComparer.OrdinalIgnoreCase);
        return [.. Items(project, "PackageReference").Concat(Items(project, "GlobalPackageReference"))
            .Select(item => new PackageUse(item.Spec, Version(item["VersionOverride"], updated.GetValueOrDefault(item.Spec, ""), item["Version"], central.GetValueOrDefault(item.Spec, "")))
            {
                IsPrivate = item.Type == "GlobalPackageReference" || item["PrivateAssets"].Split(';').Any(part => part.Trim().Equals("all", StringComparison.OrdinalIgnoreCase) || part.Trim().Equals("compile", StringComparison.OrdinalIgnoreCase)),
            })
            .GroupBy(package => package.Id, StringComparer.OrdinalIgnoreCase).Select(group => group.Last()).OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];
    }

    private static string Version(params ReadOnlySpan<string> versions)
    {
        foreach (var version in versions)
            if (version.Length > 0) return version.Trim('[', ']', '(', ')', ' ').Split(',')[0].Trim();
        return "";
    }

    private static List<string> SharedFrameworksOf(ProjectEvaluator project)
    {
        var named = Items(project, "FrameworkReference").Select(item => item.Spec).ToList();
        if (project.Sdk.StartsWith("Microsoft.NET.Sdk.Web", StringComparison.OrdinalIgnoreCase) || project.Sdk.StartsWith("Microsoft.NET.Sdk.Razor", StringComparison.OrdinalIgnoreCase)) named.Add("Microsoft.AspNetCore.App");
        return [.. named.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string AttributesOf(ProjectEvaluator project)
    {
        // With a key an assembly is named with it; here nothing is signed, so the name alone must do.
        var friends = Items(project, "InternalsVisibleTo").Select(item => item.Spec.Split(',')[0]).Concat(
            Items(project, "AssemblyAttribute").Where(item => item.Spec.EndsWith("InternalsVisibleTo", StringComparison.Ordinal) || item.Spec.EndsWith("InternalsVisibleToAttribute", StringComparison.Ordinal)).Select(item => item["_Parameter1"].Split(',')[0]));
        return string.Concat(friends.Where(friend => friend.Length is > 0 and < 300 && !friend.AsSpan().ContainsAny("\"\\\r\n")).Select(friend => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")]\n"));
    }

    private static CSharpParseOptions ParsingOf(ProjectEvaluator project, TargetFramework framework)
    {
        var constants = project.Properties["DefineConstants"].Split([';', ',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Append("DEBUG").Append("TRACE").Concat(framework.Constants).Where(SyntaxFacts.IsValidIdentifier).Distinct(StringComparer.Ordinal);
        var language = LanguageVersionFacts.TryParse(project.Properties["LangVersion"] is { Length: > 0 } asked ? asked : "preview", out var version) ? version : LanguageVersion.Preview;
        // What a newer compiler reads in the same way does no harm, and `latest` of another SDK is not this one's.
        if (language is LanguageVersion.Latest or LanguageVersion.Default or LanguageVersion.LatestMajor) language = LanguageVersion.Preview;
        return new CSharpParseOptions(language, DocumentationMode.Parse, SourceCodeKind.Regular, constants);
    }

    private static CSharpCompilationOptions OptionsOf(PropertyBag properties) => new(
        properties["OutputType"].Equals("Exe", StringComparison.OrdinalIgnoreCase) || properties["OutputType"].Equals("WinExe", StringComparison.OrdinalIgnoreCase) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
        allowUnsafe: true,
        nullableContextOptions: properties["Nullable"].ToLowerInvariant() switch { "enable" => NullableContextOptions.Enable, "warnings" => NullableContextOptions.Warnings, "annotations" => NullableContextOptions.Annotations, _ => NullableContextOptions.Disable },
        metadataImportOptions: MetadataImportOptions.Public,
        concurrentBuild: false);

    private static bool IsTest(ProjectEvaluator project) =>
        project.Properties["IsTestProject"].Equals("true", StringComparison.OrdinalIgnoreCase)
        || Items(project, "PackageReference").Any(item => item.Spec.Equals("Microsoft.NET.Test.Sdk", StringComparison.OrdinalIgnoreCase) || item.Spec.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) || item.Spec.StartsWith("NUnit", StringComparison.OrdinalIgnoreCase) || item.Spec.StartsWith("MSTest", StringComparison.OrdinalIgnoreCase));
}
