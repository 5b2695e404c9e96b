using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Context.Scopes;

/// <summary>
/// Named sets (<c>@name</c>) of one root, kept as JSON Lines in the cache folder so that they survive a restart; in memory where that folder cannot be written.
/// A set that cannot be read back whole counts as not there: it is derived data.
/// </summary>
public sealed partial class SetStore
{
    /// <summary>Most items that a set keeps.</summary>
    public const int MaxItems = 100_000;

    private readonly string? _folder;
    private readonly ConcurrentDictionary<string, IReadOnlyList<SetItem>> _memory = new(StringComparer.Ordinal);

    internal SetStore(string? folder) => _folder = folder;

    /// <summary>True when <paramref name="name"/> (without <c>@</c>) may name a set: a letter or underscore, then letters, digits, <c>_ - .</c>, at most 64 in all.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    /// <summary>Keeps the items under a name, replacing an older set.</summary>
    /// <returns>True when it will survive a restart; false when it is kept in memory only.</returns>
    public bool Save(string name, IReadOnlyList<SetItem> items)
    {
        _memory[name] = items;
        if (_folder is null) return false;
        try
        {
            Directory.CreateDirectory(_folder);
            var target = FileOf(name);
            var fresh = target + "." + Guid.NewGuid().ToString("n")[..8];
            using (var writer = new StreamWriter(fresh))
                foreach (var item in items) writer.WriteLine(JsonSerializer.Serialize(SetItemRecord.Of(item), SetJson.Default.SetItemRecord));
            File.Move(fresh, target, overwrite: true);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The set's items in their order, or null when there is no such set. Another process may have replaced it since it was last read here.</summary>
    public IReadOnlyList<SetItem>? Load(string name)
    {
        if (!IsName(name)) return null;
        if (_folder is not null && ReadFile(name) is { } stored) return stored;
        return _memory.GetValueOrDefault(name);
    }

    /// <summary>Names of all sets, ordinal order.</summary>
    public IReadOnlyList<string> Names()
    {
        var names = new SortedSet<string>(_memory.Keys, StringComparer.Ordinal);
        if (_folder is not null && Directory.Exists(_folder))
            foreach (var file in Directory.EnumerateFiles(_folder, "*.set")) names.Add(Path.GetFileNameWithoutExtension(file));
        return [.. names];
    }

    private List<SetItem>? ReadFile(string name)
    {
        try
        {
            var items = new List<SetItem>();
            foreach (var line in File.ReadLines(FileOf(name)))
                items.Add(JsonSerializer.Deserialize(line, SetJson.Default.SetItemRecord)?.ToItem() ?? throw new JsonException());
            return items.TrueForAll(item => Files.RepoPath.TryNormalize(item.Path.Value, out _)) ? items : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private string FileOf(string name) => Path.Combine(_folder!, name + ".set");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex NamePattern();
}
