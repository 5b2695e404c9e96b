using System.Xml.Linq;
using Rlm.Context.Files;

namespace Rlm.Context.Binding.Projects;

/// <summary>
/// Evaluates a C# project file as data, after MSBuild's order: properties of <c>Directory.Build.props</c>, of the project and of what it imports from the repository, then of
/// <c>Directory.Build.targets</c>; then items. Nothing outside the repository is read, no target runs, and SDKs are known by what they stand for, not by their files.
/// </summary>
internal sealed class ProjectEvaluator
{
    private const int MaxImports = 200, MaxImportDepth = 30, MaxItems = 200_000;

    private readonly Func<RepoPath, XElement?> _load;
    private readonly RepoPath _path;
    private readonly List<(XElement Item, string Type)> _waiting = [];
    private readonly List<RepoPath> _open = [];
    private readonly List<EvaluatedItem> _items = [];
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);
    private int _imports;

    private ProjectEvaluator(RepoPath path, Func<RepoPath, XElement?> load, Func<RepoPath, bool> exists)
    {
        (_path, _load, Properties) = (path, load, new(exists));
        var folder = FolderOf(path);
        Properties.Fix("MSBuildProjectDirectory", folder.Length > 1 ? folder[..^1] : "/");
        Properties.Fix("ProjectDir", folder);
        Properties.Fix("MSBuildProjectFile", path.Name);
        Properties.Fix("MSBuildProjectName", System.IO.Path.GetFileNameWithoutExtension(path.Name));
        Properties.Fix("MSBuildProjectExtension", ".csproj");
        Properties.Fix("MSBuildProjectFullPath", "/" + path.Value);
        Properties["Configuration"] = "Debug";
        Properties["Platform"] = "AnyCPU";
        Properties.Fix("OS", "Unix");
        Properties.Fix("MSBuildRuntimeType", "Core");
    }

    /// <summary>Its properties at the end.</summary>
    public PropertyBag Properties { get; }

    /// <summary>Its items, in order.</summary>
    public IReadOnlyList<EvaluatedItem> Items => _items;

    /// <summary>It names an SDK.</summary>
    public bool IsSdkStyle { get; private set; }

    /// <summary>The SDK's name; empty for none.</summary>
    public string Sdk { get; private set; } = "";

    /// <summary>What could not be read or understood, each once.</summary>
    public IEnumerable<string> Notes => Properties.Unknown.Select(name => $"property function {name} is not known").Concat(_notes);

    /// <summary>Evaluates one.</summary>
    /// <param name="path">The project file.</param>
    /// <param name="root">Its root element.</param>
    /// <param name="load">Other project files of the repository, null when they cannot be read.</param>
    /// <param name="exists">Whether the repository has a file or folder.</param>
    /// <param name="framework">Which of its target frameworks; null for the state before one is chosen.</param>
    public static ProjectEvaluator Evaluate(RepoPath path, XElement root, Func<RepoPath, XElement?> load, Func<RepoPath, bool> exists, TargetFramework? framework)
    {
        var evaluator = new ProjectEvaluator(path, load, exists);
        if (framework is not null) evaluator.Properties.Fix("TargetFramework", framework.Moniker);
        evaluator.Read(root);
        return evaluator;
    }

    private void Read(XElement root)
    {
        Sdk = root.Attribute("Sdk")?.Value ?? root.Elements().FirstOrDefault(IsNamed("Sdk"))?.Attribute("Name")?.Value ?? root.Elements().Where(IsNamed("Import")).Select(import => import.Attribute("Sdk")?.Value).FirstOrDefault(sdk => sdk is not null) ?? "";
        IsSdkStyle = Sdk.Length > 0;
        ImportAbove("Directory.Build.props", "ImportDirectoryBuildProps");
        ImportAbove("Directory.Packages.props", "ImportDirectoryPackagesProps");
        ReadFile(_path, root);
        ImportAbove("Directory.Build.targets", "ImportDirectoryBuildTargets");
        foreach (var (item, type) in _waiting) AddItem(item, type);
    }

    private void ImportAbove(string name, string flag)
    {
        if (Properties[flag].Equals("false", StringComparison.OrdinalIgnoreCase)) return;
        for (var folder = _path.Parent; ; folder = folder.Parent)
        {
            if (_load(folder.Combine(name)) is { } root)
            {
                ReadFile(folder.Combine(name), root);
                return;
            }
            if (folder.IsRoot) return;
        }
    }

    private void ReadFile(RepoPath path, XElement root)
    {
        if (_open.Contains(path) || _open.Count >= MaxImportDepth || ++_imports > MaxImports)
        {
            _notes.Add($"import of {path.Value} left out: too many or in a circle");
            return;
        }
        _open.Add(path);
        Enter(path);
        ReadElements(root);
        _open.RemoveAt(_open.Count - 1);
        if (_open.Count > 0) Enter(_open[^1]);
    }

    private void Enter(RepoPath path)
    {
        Properties["MSBuildThisFileDirectory"] = FolderOf(path);
        Properties["MSBuildThisFile"] = path.Name;
        Properties["MSBuildThisFileName"] = System.IO.Path.GetFileNameWithoutExtension(path.Name);
        Properties["MSBuildThisFileFullPath"] = "/" + path.Value;
    }

    private void ReadElements(XElement parent)
    {
        foreach (var element in parent.Elements())
        {
            var name = element.Name.LocalName;
            if (name is "Target" or "UsingTask" or "ProjectExtensions" or "ItemDefinitionGroup" || !Holds(element)) continue;
            if (name == "PropertyGroup") ReadProperties(element);
            else if (name == "ItemGroup") ReadItems(element);
            else if (name == "Import") ReadImport(element);
            else if (name == "ImportGroup") ReadElements(element);
            else if (name == "Choose") ReadChoose(element);
        }
    }

    private void ReadProperties(XElement group)
    {
        foreach (var property in group.Elements())
            if (Holds(property)) Properties[property.Name.LocalName] = Properties.Expand(property.Value.Trim());
    }

    // Conditions of items see the properties of the end; where a file stands is known only now.
    private void ReadItems(XElement group)
    {
        var folder = Properties["MSBuildThisFileDirectory"];
        foreach (var item in group.Elements())
        {
            item.SetAttributeValue(ThisFolder, folder);
            _waiting.Add((item, item.Name.LocalName));
        }
    }

    private void ReadImport(XElement import)
    {
        if (import.Attribute("Sdk") is not null || import.Attribute("Project")?.Value is not { } project) return;
        var expanded = Properties.Expand(project);
        // SDKs and package folders are no part of the repository.
        if (PropertyBag.PathOf(expanded, Properties["MSBuildThisFileDirectory"]) is not { } path || path == _path) return;
        if (_load(path) is { } root) ReadFile(path, root);
        else if (!project.Contains("$(MSBuild", StringComparison.OrdinalIgnoreCase) && !project.Contains("$(VSTools", StringComparison.OrdinalIgnoreCase)) _notes.Add($"import of {project} not found");
    }

    private void ReadChoose(XElement choose)
    {
        var branch = choose.Elements().Where(IsNamed("When")).FirstOrDefault(Holds) ?? choose.Elements().FirstOrDefault(IsNamed("Otherwise"));
        if (branch is not null) ReadElements(branch);
    }

    private void AddItem(XElement element, string type)
    {
        Properties["MSBuildThisFileDirectory"] = element.Attribute(ThisFolder)?.Value ?? FolderOf(_path);
        if (!Holds(element)) return;
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in element.Attributes())
            if (attribute.Name.LocalName is not ("Include" or "Remove" or "Update" or "Exclude" or "Condition") && attribute.Name != ThisFolder) metadata[attribute.Name.LocalName] = Properties.Expand(attribute.Value);
        foreach (var child in element.Elements().Where(Holds)) metadata[child.Name.LocalName] = Properties.Expand(child.Value.Trim());
        foreach (var (attribute, action) in new[] { ("Include", ItemAction.Include), ("Update", ItemAction.Update), ("Remove", ItemAction.Remove) })
        {
            if (element.Attribute(attribute)?.Value is not { } specs) continue;
            foreach (var spec in Properties.Expand(specs).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                if (_items.Count < MaxItems) _items.Add(new(type, action, spec, Properties.Expand(element.Attribute("Exclude")?.Value ?? ""), FolderOf(_path), metadata));
        }
    }

    private bool Holds(XElement element) => ConditionReader.Holds(element.Attribute("Condition")?.Value, Properties, note => _notes.Add(note));

    private static readonly XName ThisFolder = XNamespace.Get("urn:rlm") + "folder";

    private static Func<XElement, bool> IsNamed(string name) => element => element.Name.LocalName == name;

    private static string FolderOf(RepoPath path) => path.Parent.IsRoot ? "/" : $"/{path.Parent.Value}/";
}
