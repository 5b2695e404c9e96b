using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Rlm.Context.Binding.Projects;

namespace Rlm.Context.Binding.References;

/// <summary>The assemblies that a project of a framework sees: its framework's reference assemblies and its packages. Keeps what it opened. Safe to use from many threads.</summary>
internal sealed class AssemblyReferences(IReadOnlyList<string> packageFolders)
{
    private readonly PackageAssemblies _packages = new(packageFolders);
    private readonly ConcurrentDictionary<string, MetadataReference> _open = new();

    /// <summary>References of a project; what of its own was not found is told.</summary>
    /// <param name="project">The project.</param>
    /// <param name="others">The projects that it refers to, also through others: their packages come along unless they are private.</param>
    /// <param name="packages">Gets packages that are not here.</param>
    /// <param name="frameworks">Gets frameworks that are not here.</param>
    public IReadOnlyList<MetadataReference> Of(CSharpProject project, IReadOnlyCollection<CSharpProject> others, ICollection<string> packages, ICollection<string> frameworks)
    {
        var chosen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        project = project with { SharedFrameworks = [.. project.SharedFrameworks.Concat(others.SelectMany(other => other.SharedFrameworks)).Distinct(StringComparer.OrdinalIgnoreCase)] };
        foreach (var folder in FrameworkFolders(project, frameworks))
            foreach (var file in AssemblyFolders.Files(folder, "*.dll")) chosen.TryAdd(Path.GetFileName(file), file);
        foreach (var file in _packages.Of(project.Packages, [.. others.SelectMany(other => other.Packages).Where(package => !package.IsPrivate)], project.Framework, packages)) chosen.TryAdd(Path.GetFileName(file), file);
        return [.. chosen.Values.Where(IsManaged).Select(file => _open.GetOrAdd(file, path => MetadataReference.CreateFromFile(path)))];
    }

    private List<string> FrameworkFolders(CSharpProject project, ICollection<string> missing)
    {
        var folders = new List<string>();
        if (project.Framework.Family == FrameworkFamily.NetFramework && NetFramework(project.Framework) is { } old)
        {
            folders.Add(old);
            folders.Add(Path.Combine(old, "Facades"));
            return folders;
        }
        var own = project.Framework.Family == FrameworkFamily.Net ? AssemblyFolders.ReferencePack("Microsoft.NETCore.App.Ref", project.Framework.Version.Major) : null;
        if (own is null && project.Framework != TargetFramework.Parse($"net{ProjectReader.NewestMajor}.0")) missing.Add(project.Framework.Moniker);
        if ((own ?? AssemblyFolders.ReferencePack("Microsoft.NETCore.App.Ref", ProjectReader.NewestMajor) ?? AssemblyFolders.SharedFramework("Microsoft.NETCore.App")) is { } folder) folders.Add(folder);
        else missing.Add("all of .NET");
        foreach (var name in project.SharedFrameworks.Where(name => !name.AsSpan().ContainsAny('/', '\\')))
            if ((AssemblyFolders.ReferencePack(name + ".Ref", project.Framework.Version.Major) ?? AssemblyFolders.ReferencePack(name + ".Ref", ProjectReader.NewestMajor) ?? AssemblyFolders.SharedFramework(name)) is { } shared) folders.Add(shared);
            else missing.Add(name);
        return folders;
    }

    private string? NetFramework(TargetFramework framework)
    {
        var id = "microsoft.netframework.referenceassemblies.net" + framework.Version.ToString().Replace(".", "", StringComparison.Ordinal);
        return packageFolders.SelectMany(folder => AssemblyFolders.Folders(Path.Combine(folder, id))).SelectMany(place => AssemblyFolders.Folders(Path.Combine(place, "build", ".NETFramework"))).FirstOrDefault();
    }

    // Shared frameworks hold native libraries with the same ending.
    private static bool IsManaged(string file)
    {
        var name = Path.GetFileName(file);
        return !name.StartsWith("lib", StringComparison.Ordinal) && !name.EndsWith(".Native.dll", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("api-ms-", StringComparison.OrdinalIgnoreCase)
            && name is not ("coreclr.dll" or "clrjit.dll" or "mscordaccore.dll" or "mscordbi.dll" or "hostpolicy.dll" or "clretwrc.dll" or "clrgc.dll" or "msquic.dll");
    }
}
