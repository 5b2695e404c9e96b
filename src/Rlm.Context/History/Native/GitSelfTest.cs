using LibGit2Sharp;

namespace Rlm.Context.History.Native;

/// <summary>Does with a libgit2 all that this program ever asks of it, in a repository made for that; run in a child process, which a library that does not fit may end.</summary>
public static class GitSelfTest
{
    /// <summary>The first argument by which the program becomes the test; the library's path is the second.</summary>
    public const string Command = "__libgit2";

    /// <summary>Tries the library; 0 when it did everything right.</summary>
    public static int Run(string path, string scratch)
    {
        if (!GitLibrary.Take(path).IsUsable) return 2;
        GitSettings.Apply();
        Repository.Init(scratch, isBare: true);
        using var repository = new LibGit2Sharp.Repository(scratch);
        var (first, second) = (Commit(repository, "old/a.txt", "one\ntwo\nthree\n", []), default(Commit)!);
        second = Commit(repository, "new/a.txt", "one\ntwo\nthree\nfour\n", [first]);
        var read = repository.Lookup<Commit>(second.Sha);
        var entry = read.Tree["new/a.txt"];
        using var content = new StreamReader(((Blob)entry.Target).GetContentStream());
        var plain = repository.Diff.Compare<TreeChanges>(first.Tree, read.Tree, new CompareOptions { Similarity = SimilarityOptions.None });
        var renamed = repository.Diff.Compare<TreeChanges>(first.Tree, read.Tree, new CompareOptions { Similarity = SimilarityOptions.Renames });
        var size = repository.ObjectDatabase.RetrieveObjectMetadata(entry.Target.Id).Size;
        var isRight = read.Parents.Single().Id == first.Id && read.Author.Name == "Test" && read.MessageShort == "test" && content.ReadToEnd().EndsWith("four\n", StringComparison.Ordinal)
            && plain.Count == 2 && renamed.Single() is { Status: ChangeKind.Renamed, OldPath: "old/a.txt" } && size == 19;
        return isRight ? 0 : 1;
    }

    private static Commit Commit(LibGit2Sharp.Repository repository, string path, string text, Commit[] parents)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        var tree = new TreeDefinition().Add(path, repository.ObjectDatabase.CreateBlob(content), Mode.NonExecutableFile);
        var author = new Signature("Test", "test@example.org", DateTimeOffset.UnixEpoch);
        return repository.ObjectDatabase.CreateCommit(author, author, "test\n", repository.ObjectDatabase.CreateTree(tree), parents, prettifyMessage: false);
    }
}
