using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// The tree of folders. As text it is unfolded, largest folder first, for as long as the budget lasts; what stays folded is summed in its line, so every
/// file is counted. As JSON it is the full list of folders and files, page by page.
/// </summary>
internal sealed class TreeAnswer
{
    private const int TypesPerFolder = 3, TypesOfAll = TopTypes.Most;

    private readonly ToolCall _call;
    private readonly MapSubject _subject;
    private readonly int _depth;
    private readonly FolderNode _root;
    private readonly int[]? _lines;
    private readonly TypeNames? _types;
    private readonly KeptSet? _kept;

    public TreeAnswer(ToolCall call, MapSubject subject, int? depth)
    {
        (_call, _subject, _depth) = (call, subject, depth ?? int.MaxValue);
        var files = subject.Scope.Files;
        _lines = call.Store.LineCounts.Of(files, call.Context.Progress, call.Cancellation);
        _root = FolderTree.Build(IsSingleFile ? subject.Folder.Parent : subject.Folder, files.Span, _lines);
        _types = call.Context.Json ? null : TypeNames.Of(call, files);
        if (CommonParameters.SetName(call.Arguments) is { } name && call.Place is null) _kept = KeptSet.Save(call, name, Items(subject.Scope), files.Length);
    }

    private bool IsSingleFile => _subject.Scope.Files.Length == 1 && _subject.Scope.Files.Span[0].Path == _subject.Folder;

    public ToolAnswer Render() => _call.Context.Json ? Json() : Text();

    private static List<SetItem> Items(Scope scope) => scope.Items is { } items ? [.. items.Take(SetStore.MaxItems)] : [.. scope.Files.ToArray().Take(SetStore.MaxItems).Select(file => SetItem.OfFile(file.Path))];

    // Text

    private ToolAnswer Text()
    {
        var unfolded = new HashSet<FolderNode>();
        var listed = new HashSet<FolderNode>();
        FolderTree.Collapse(_root, _depth);
        var folders = CountFolders(_root);
        var secrets = SecretsLine(_call.Size.Limit / 8);
        var left = _call.Size.Limit - AnswerSize.Bytes(Header(folders, folders)) - AnswerSize.Bytes(Folded) - TextAnswer.BytesOf(Closing(secrets, folded: true)) - (_call.Size.Limit > NextMatters ? 160 : 0);
        Unfold(unfolded, listed, ref left);
        var body = new StringBuilder();
        Append(body, _root, unfolded, listed, indent: 0);
        var shown = CountShown(_root, unfolded);
        var text = Header(shown, folders) + "\n" + body.ToString().TrimEnd('\n') + "\n" + string.Join('\n', Closing(secrets, shown < folders)).TrimEnd('\n');
        var next = shown < folders && Deepest(unfolded) is { } deepest ? $"\nnext: map(path: {TextAnswer.Quoted(deepest.Path.Value)})" : "";
        return new(text.TrimEnd('\n') + (AnswerSize.Bytes(text) + AnswerSize.Bytes(next) <= _call.Size.Limit ? next : ""));
    }

    private const string Folded = ", the rest summed in their parents";

    // Below this many bytes the call that goes on is not worth its room.
    private const long NextMatters = 1_600;

    private string Header(int shown, int folders) => string.Create(CultureInfo.InvariantCulture,
        $"map {TextAnswer.Cut(NameEscaping.Escape(_subject.Shown), 120)} · {Words(_root.FileCount, "file")}, {TextAnswer.Size(_root.Bytes)}, {LineWords(_root.Lines)}, {TokenWords(_root.Bytes)} · shown {shown:N0} of {Words(folders, "folder")}{(shown < folders ? Folded : "")} · complete · {_call.SnapshotWords()}");

    // Largest folders first: their lines tell most. Then the files, nearest to the top first.
    private void Unfold(HashSet<FolderNode> unfolded, HashSet<FolderNode> listed, ref long left)
    {
        var folded = new PriorityQueue<FolderNode, (long, string)>();
        folded.Enqueue(_root, (0, ""));
        left -= AnswerSize.Bytes(FolderLine(_root, 0)) + 1;
        while (folded.TryDequeue(out var node, out _))
        {
            var cost = node.Folders.Sum(child => AnswerSize.Bytes(FolderLine(child, child.Indent * 2)) + 1) + (node.Files.Count > 0 ? 60 : 0);
            if (node.Depth >= _depth || cost > left) continue;
            left -= cost;
            unfolded.Add(node);
            foreach (var child in node.Folders) folded.Enqueue(child, (-child.Bytes, child.Path.Value));
        }
        foreach (var node in unfolded.OrderBy(node => node.Depth).ThenBy(node => node.Path.Value, StringComparer.Ordinal))
        {
            var cost = node.Files.Sum(file => AnswerSize.Bytes(FileLine(file, node.Indent * 2 + 2)) + 1) - 60;
            if (node.Files.Count == 0 || cost > left) continue;
            left -= cost;
            listed.Add(node);
        }
    }

    private void Append(StringBuilder body, FolderNode node, HashSet<FolderNode> unfolded, HashSet<FolderNode> listed, int indent)
    {
        body.Append(node == _root && node.FileCount == 0 ? "nothing here is covered: no files, or all of them ignored, binary, secret or links" : FolderLine(node, indent)).Append('\n');
        if (!unfolded.Contains(node)) return;
        foreach (var child in node.Folders) Append(body, child, unfolded, listed, indent + 2);
        if (listed.Contains(node))
            foreach (var file in node.Files) body.Append(FileLine(file, indent + 2)).Append('\n');
        else if (node.Files.Count > 0)
            body.Append(' ', indent + 2).Append(CultureInfo.InvariantCulture, $"… {Words(node.Files.Count, "file")}, {TokenWords(node.Files.Sum(file => FileAt(file).Stamp.Bytes))}\n");
    }

    private string FolderLine(FolderNode node, int indent)
    {
        var name = node == _root ? (node.Path.IsRoot ? "." : node.Path.Value) : node.Label;
        var languages = node.ByLanguage.Where(item => item.Value * 50 >= node.Bytes).Take(3).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Key} {100 * item.Value / Math.Max(1, node.Bytes)}%"));
        var line = string.Create(CultureInfo.InvariantCulture, $"{new string(' ', indent)}{NameEscaping.Escape(name)}/ {Words(node.FileCount, "file")} · {LineWords(node.Lines)} · {TokenWords(node.Bytes)} · {string.Join(", ", languages)}");
        var types = _types?.OfFolder(node, TypesPerFolder) ?? [];
        return types.Count == 0 || node == _root ? line : $"{line} · {NameEscaping.Escape(string.Join(", ", types))}";
    }

    private string FileLine(int index, int indent)
    {
        var file = FileAt(index);
        var lines = _lines is null ? file.Stamp.Bytes / FolderTree.BytesPerLine : _lines[index];
        var types = _types?.OfFile(index, TypesPerFolder) ?? [];
        // A file named after its only type says so already.
        if (types.Count == 1 && System.IO.Path.GetFileNameWithoutExtension(file.Path.Name) == types[0]) types = [];
        return string.Create(CultureInfo.InvariantCulture,
            $"{new string(' ', indent)}{NameEscaping.Escape(file.Path.Name)} {LineWords(lines)}{(file.IsLarge ? $", {TextAnswer.Size(file.Stamp.Bytes)}, read by line" : "")}{(types.Count > 0 ? " · " + NameEscaping.Escape(string.Join(", ", types)) : "")}");
    }

    private IEnumerable<string> Closing(string secrets, bool folded)
    {
        if (folded) yield return "step: folded";
        if (_types is null) yield return "types: left out (too many files to outline now); map(path, view: \"outline\") has them for one folder";
        if (_types is { AreCounted: true } && _root.FileCount > 1 && _types.OfFolder(_root, TypesOfAll) is { Count: > 0 } types) yield return "most mentioned types: " + NameEscaping.Escape(string.Join(", ", types));
        if (_lines is null) yield return "lines: ~ estimated from sizes; files and bytes are exact";
        if (TextAnswer.Losses(_subject.Scope.Losses) is { } losses) yield return losses;
        if (TextAnswer.Skipped(_call.Snapshot) is { } skipped) yield return skipped;
        if (secrets.Length > 0) yield return secrets;
        if (_kept is not null) yield return _kept.Line();
    }

    private static FolderNode? Deepest(HashSet<FolderNode> unfolded) =>
        unfolded.SelectMany(node => node.Folders).Where(node => !unfolded.Contains(node) && node.Folders.Count > 0).MaxBy(node => node.Bytes);

    private string SecretsLine(long room)
    {
        var secrets = Secrets().Select(NameEscaping.Escape).ToArray();
        if (secrets.Length == 0) return "";
        var shown = Math.Min(10, secrets.Length);
        while (shown > 0 && AnswerSize.Bytes(Line(shown)) > room) shown--;
        return Line(shown);

        string Line(int count) => count == 0 ? $"secret: {secrets.Length} files; a larger budget names them"
            : $"secret, by name only: {string.Join(", ", secrets.Take(count))}{(secrets.Length > count ? $" and {secrets.Length - count} more" : "")}";
    }

    private IEnumerable<string> Secrets() => _call.Within is not null ? [] : _call.Snapshot.NamedSkips
        .Where(skip => skip.Reason == SkipReason.Secret && (_root.Path.IsRoot || skip.Path.StartsWith(_root.Path.Value + "/", StringComparison.Ordinal))).Select(skip => skip.Path);

    private string LineWords(long lines) => string.Create(CultureInfo.InvariantCulture, $"{(_lines is null ? "~" : "")}{lines:N0} line{(lines == 1 ? "" : "s")}");

    private static string TokenWords(long bytes) => (bytes / 4) switch
    {
        var tokens and < 1_000 => $"~{tokens} tokens",
        var tokens and < 1_000_000 => FormattableString.Invariant($"~{tokens / 1e3:0.#}k tokens"),
        var tokens => FormattableString.Invariant($"~{tokens / 1e6:0.#}M tokens"),
    };

    private static string Words(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private FileEntry FileAt(int index) => _subject.Scope.Files.Span[index];

    private static int CountFolders(FolderNode node) => node.Levels + node.Folders.Sum(CountFolders);

    private static int CountShown(FolderNode node, HashSet<FolderNode> unfolded) => node.Levels + (unfolded.Contains(node) ? node.Folders.Sum(child => CountShown(child, unfolded)) : 0);

    // JSON

    private ToolAnswer Json()
    {
        var all = Entries(_root).ToArray();
        var from = Math.Min(_call.PlaceNumber(), all.Length);
        var result = new JsonObject { ["path"] = _subject.Folder.Value, ["view"] = "tree" };
        _call.AddVersion(result);
        result["skipped"] = JsonParts.Skipped(_call.Snapshot);
        if (_kept is not null) result["set"] = _kept.Json();
        if (!_subject.Scope.Losses.None) result["losses"] = JsonParts.Losses(_subject.Scope.Losses);
        if (_call.Place is null && Secrets().Any()) AddSecrets(result);
        var longest = _call.CursorAt("9999999") + "12345678";
        var left = JsonParts.Room(_call.Size, result, longest) - ",\"total\":1000000".Length;
        var entries = new JsonArray();
        var at = from;
        for (; at < all.Length; at++)
        {
            var entry = Entry(all[at]);
            var cost = _call.Size.IsUnlimited ? 0 : JsonOutput.Size(entry) + 1;
            if (cost > left && entries.Count > 0) break;
            left -= cost;
            entries.Add(entry);
        }
        result["entries"] = entries;
        (result["shown"], result["total"], result["complete"]) = (entries.Count, all.Length, at == all.Length);
        if (at < all.Length) (result["reason"], result["cursor"]) = ("budget", _call.CursorAt(at.ToString(CultureInfo.InvariantCulture)));
        return new(result.ToJsonString(JsonOutput.Options));
    }

    // Names of secrets on the first page, in an eighth of the budget; the others are counted.
    private void AddSecrets(JsonObject result)
    {
        var shown = new JsonArray();
        var all = Secrets().ToArray();
        result["secrets"] = shown;
        long left = _call.Size.IsUnlimited ? long.MaxValue : _call.Size.Limit / 8;
        foreach (var name in all)
        {
            if ((left -= AnswerSize.Bytes(name) + 3) < 0) break;
            shown.Add(name);
        }
        if (shown.Count < all.Length) result["secretsNotNamed"] = all.Length - shown.Count;
    }

    private IEnumerable<(FolderNode Folder, int? File)> Entries(FolderNode node)
    {
        yield return (node, null);
        if (node.Depth >= _depth) yield break;
        var folders = node.Folders.Select(folder => (folder.Path, Folder: (FolderNode?)folder, File: (int?)null));
        var files = node.Files.Select(file => (FileAt(file).Path, Folder: (FolderNode?)null, File: (int?)file));
        foreach (var item in folders.Concat(files).OrderBy(item => item.Path))
            if (item.Folder is { } folder)
                foreach (var entry in Entries(folder)) yield return entry;
            else yield return (node, item.File);
    }

    private JsonObject Entry((FolderNode Folder, int? File) item)
    {
        var file = item.File is { } index ? FileAt(index) : null;
        var bytes = file?.Stamp.Bytes ?? item.Folder.Bytes;
        var entry = new JsonObject
        {
            ["path"] = file?.Path.Value ?? item.Folder.Path.Value,
            ["kind"] = file is null ? "dir" : "file",
            ["files"] = file is null ? item.Folder.FileCount : 1,
            ["bytes"] = bytes,
            ["lines"] = file is null ? item.Folder.Lines : _lines is null ? bytes / FolderTree.BytesPerLine + (bytes > 0 ? 1 : 0) : _lines[item.File!.Value],
            ["tokens"] = (bytes + 3) / 4,
            ["language"] = file?.Language ?? item.Folder.ByLanguage.Select(language => language.Key).FirstOrDefault(),
        };
        if (_lines is null) entry["estimated"] = true;
        return entry;
    }
}
