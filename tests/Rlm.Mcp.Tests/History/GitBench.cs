using System.Text;
using LibGit2Sharp;
using Rlm.Context.History.Native;
using Rlm.Mcp.Tests.Tools;

namespace Rlm.Mcp.Tests.History;

/// <summary>A <see cref="ToolBench"/> whose root is a git repository that the test makes commit by commit, each a day after the one before.</summary>
internal sealed class GitBench : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(2));

    private readonly Repository _repository;
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private int _day;

    public GitBench(TimeProvider? time = null)
    {
        Assert.SkipUnless(GitLibrary.State.IsUsable, $"history needs libgit2: {GitLibrary.State.Missing}");
        Bench = new() { Time = time ?? new StillTime() };
        Repository.Init(Bench.Root);
        _repository = new(Bench.Root);
    }

    public ToolBench Bench { get; }

    public string Root => Bench.Root;

    public string GitFolder => Path.Combine(Root, ".git");

    /// <summary>Writes a file, to be committed.</summary>
    public GitBench Write(string path, string text)
    {
        _files[path] = text;
        Bench.Write(path, text);
        return this;
    }

    public GitBench Delete(string path)
    {
        _files.Remove(path);
        File.Delete(Bench.At(path));
        return this;
    }

    public GitBench Move(string from, string to)
    {
        var text = _files[from];
        return Delete(from).Write(to, text);
    }

    /// <summary>Commits all files written here on the branch that is checked out; gives the commit's name.</summary>
    public string Commit(string subject, string author = "Ada", params string[] otherParents)
    {
        var tree = new TreeDefinition();
        foreach (var (path, text) in _files) tree.Add(path, _repository.ObjectDatabase.CreateBlob(new MemoryStream(Encoding.UTF8.GetBytes(text))), Mode.NonExecutableFile);
        var signature = new Signature(author, author + "@example.org", Begin.AddDays(_day++));
        var head = _repository.Head.Tip;
        Commit[] parents = [.. head is null ? [] : new[] { head }, .. otherParents.Select(parent => _repository.Lookup<Commit>(parent))];
        var commit = _repository.ObjectDatabase.CreateCommit(signature, signature, subject + "\n", _repository.ObjectDatabase.CreateTree(tree), parents, prettifyMessage: false);
        _repository.Refs.UpdateTarget(_repository.Refs.Head is SymbolicReference symbolic ? Branch(symbolic.TargetIdentifier, commit) : _repository.Refs.Head, commit.Id);
        return commit.Sha;
    }

    /// <summary>A branch at a commit.</summary>
    public GitBench Branch(string name, string commit)
    {
        _repository.Refs.Add("refs/heads/" + name, commit, allowOverwrite: true);
        return this;
    }

    /// <summary>Checks out another branch or commit; the files of the work tree become its files.</summary>
    public GitBench Checkout(string name)
    {
        if (_repository.Refs["refs/heads/" + name] is { } branch) _repository.Refs.UpdateTarget("HEAD", branch.CanonicalName);
        else File.WriteAllText(Path.Combine(GitFolder, "HEAD"), name + "\n");
        foreach (var path in _files.Keys.ToArray()) Delete(path);
        foreach (var (path, text) in FilesOf(_repository.Head.Tip.Tree, "")) Write(path, text);
        return this;
    }

    /// <summary>Has the commits indexed, as a server does in the background.</summary>
    public int IndexCommits()
    {
        using var store = new Rlm.Context.ContextStore(new() { Root = Root, CacheFolder = Path.Combine(Path.GetDirectoryName(Root)!, "cache") });
        return store.History.BuildIndex(null, CancellationToken.None).Commits;
    }

    public void Dispose()
    {
        _repository.Dispose();
        foreach (var file in Directory.EnumerateFiles(GitFolder, "*", SearchOption.AllDirectories)) File.SetAttributes(file, FileAttributes.Normal);
        Bench.Dispose();
    }

    private Reference Branch(string name, Commit commit) => _repository.Refs[name] ?? _repository.Refs.Add(name, commit.Id);

    private static IEnumerable<(string Path, string Text)> FilesOf(Tree tree, string folder)
    {
        foreach (var entry in tree)
            if (entry.Target is Tree inner)
                foreach (var file in FilesOf(inner, folder + entry.Name + "/")) yield return file;
            else yield return (folder + entry.Name, ((Blob)entry.Target).GetContentText());
    }
}
