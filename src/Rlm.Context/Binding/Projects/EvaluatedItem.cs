namespace Rlm.Context.Binding.Projects;

/// <summary>An item of a project file, its properties put in.</summary>
/// <param name="Type">As written: <c>Compile</c>, <c>Using</c>…</param>
/// <param name="Action">What the element does.</param>
/// <param name="Spec">One part of its <c>Include</c>, <c>Update</c> or <c>Remove</c>.</param>
/// <param name="Exclude">Its <c>Exclude</c>; empty for none.</param>
/// <param name="Folder">The folder of the project, from <c>/</c>, with a slash at its end.</param>
/// <param name="Metadata">Its attributes and child elements.</param>
internal sealed record EvaluatedItem(string Type, ItemAction Action, string Spec, string Exclude, string Folder, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>A value that says yes.</summary>
    public bool Is(string name) => Metadata.GetValueOrDefault(name, "").Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value, empty when it has none.</summary>
    public string this[string name] => Metadata.GetValueOrDefault(name, "");
}

/// <summary>What an item element does to the items before it.</summary>
internal enum ItemAction
{
    /// <summary>Adds.</summary>
    Include,
    /// <summary>Changes metadata.</summary>
    Update,
    /// <summary>Takes away.</summary>
    Remove,
}
