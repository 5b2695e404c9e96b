using Rlm.Context.Files;
using Rlm.Context.Scopes;

namespace Rlm.Context.Tests.Scopes;

public sealed class ScopeTests : IDisposable
{
    private readonly TempFolder _folder = new TempFolder()
        .Write("src/A.cs", "class A { }\n").Write("src/B.cs", "class B { }\n").Write("src/deep/C.py", "c = 1\n").Write("test/A.cs", "class T { }\n")
        .Write("app/(group)/page.ts", "x\n").Write("My Folder/a - b.txt", "x\n").Write("src/Core/Core.csproj", "<Project/>\n").Write("src/Core/Inner/D.cs", "d\n").Write(".env", "KEY=1\n").Write("readme.md", "# hi\n")
        .Write("ignored/x.txt", "x\n").Write(".gitignore", "ignored/\n").Write("@odd", "x\n");

    private readonly ContextStore _store;

    public ScopeTests() => _store = new(new ContextOptions { Root = _folder.FullPath });

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("src", "src/A.cs src/B.cs src/Core/Core.csproj src/Core/Inner/D.cs src/deep/C.py")]
    [InlineData("src/", "src/A.cs src/B.cs src/Core/Core.csproj src/Core/Inner/D.cs src/deep/C.py")]
    [InlineData("./src/deep", "src/deep/C.py")]
    [InlineData("src/../test", "test/A.cs")]
    [InlineData("src/A.cs", "src/A.cs")]
    [InlineData("*.cs", "src/A.cs src/B.cs src/Core/Inner/D.cs test/A.cs")]
    [InlineData("src/*.cs", "src/A.cs src/B.cs")]
    [InlineData("src/**/*.cs", "src/A.cs src/B.cs src/Core/Inner/D.cs")]
    [InlineData("d[e]ep", "src/deep/C.py")]
    [InlineData("lang:python", "src/deep/C.py")]
    [InlineData("lang:c#", "src/A.cs src/B.cs src/Core/Inner/D.cs test/A.cs")]
    [InlineData("project:Core", "src/Core/Core.csproj src/Core/Inner/D.cs")]
    [InlineData("src & lang:cs", "src/A.cs src/B.cs src/Core/Inner/D.cs")]
    [InlineData("src & lang:cs - src/Core", "src/A.cs src/B.cs")]
    [InlineData("test | src/deep", "src/deep/C.py test/A.cs")]
    [InlineData("test | src/A.cs & src/B.cs", "test/A.cs")]
    [InlineData("(test | src) & A.cs*", "src/A.cs test/A.cs")]
    [InlineData("app/(group)/page.ts", "app/(group)/page.ts")]
    [InlineData("app/(group)/page.ts | test", "app/(group)/page.ts test/A.cs")]
    [InlineData("My Folder/a - b.txt", "My Folder/a - b.txt")]
    [InlineData("\"My Folder\" | test", "My Folder/a - b.txt test/A.cs")]
    [InlineData("@odd", "@odd")]
    [InlineData("ignored", "")]
    [InlineData("nothing*", "")]
    public void Expression_GivesTheseFiles(string expression, string expected) => Assert.Equal(expected, string.Join(' ', Paths(expression)));

    [Theory]
    [InlineData("nowhere", ContextFault.UnknownPath)]
    [InlineData("../x", ContextFault.OutsideRoot)]
    [InlineData("/etc", ContextFault.OutsideRoot)]
    [InlineData("@nosuch", ContextFault.UnknownSet)]
    [InlineData("lang:klingon", ContextFault.BadArgument)]
    [InlineData("project:Nope", ContextFault.UnknownPath)]
    [InlineData("src &", ContextFault.BadArgument)]
    [InlineData("(src", ContextFault.BadArgument)]
    [InlineData("src test", ContextFault.BadArgument)]
    [InlineData("\"src", ContextFault.BadArgument)]
    [InlineData(".env", ContextFault.SecretFile)]
    [InlineData(".git", ContextFault.UnknownPath)]
    public void BadExpression_IsRefused(string expression, ContextFault fault) => Assert.Equal(fault, Assert.Throws<ContextException>(() => Paths(expression)).Fault);

    [Fact]
    public void UnknownFolder_NamesNearOnes() => Assert.Contains("src", Assert.Throws<ContextException>(() => Paths("scr")).Near);

    [Fact]
    public void Sets_JoinByItem_AndByPathWithFiles()
    {
        SetItem a1 = Item("src/A.cs", 1), a2 = Item("src/A.cs", 2), b1 = Item("src/B.cs", 1);
        _store.Sets.Save("one", [a1, a2]);
        _store.Sets.Save("two", [a2, b1]);
        Assert.Equal("src/A.cs:2", Items("@one & @two"));
        Assert.Equal("src/A.cs:1", Items("@one - @two"));
        Assert.Equal("src/A.cs:1 src/A.cs:2 src/B.cs:1", Items("@one | @two"));
        Assert.Equal("src/B.cs:1", Items("@two & src/B.cs"));
        Assert.Equal("src/A.cs:2", Items("@two - src/B.cs"));
        Assert.Equal("src/A.cs:2 src/B.cs:1 test/A.cs:", Items("@two | test"));
        Assert.DoesNotContain("src/A.cs", Paths("src - @one"));
    }

    [Fact]
    public void Set_SurvivesAndFollowsItsText()
    {
        using var cache = new TempFolder();
        using (var first = new ContextStore(new ContextOptions { Root = _folder.FullPath, CacheFolder = cache.FullPath }))
        {
            var snapshot = first.Current(null, default);
            var stamp = snapshot.Find(new("src/A.cs"))!.Stamp;
            Assert.True(first.Sets.Save("kept", [Item("src/A.cs", 1) with { Handle = "src/A.cs:1-1@" + ContentHash.Of("class A { }\n".AsSpan()), Stamp = stamp }]));
        }
        _folder.Write("src/A.cs", "// above\nclass A { }\n");
        using var second = new ContextStore(new ContextOptions { Root = _folder.FullPath, CacheFolder = cache.FullPath });
        var scope = second.Scopes.Resolve("@kept", second.Current(null, default), default);
        Assert.Equal(new LineRange(2, 2), Assert.Single(scope.Items!).Range);
        Assert.Equal(1, scope.Losses.Moved);
        _folder.Write("src/A.cs", "nothing left\n");
        Assert.Equal(1, second.Scopes.Resolve("@kept", second.Current(null, default), default).Losses.Gone);
    }

    [Fact]
    public void DamagedSetFile_CountsAsUnknown()
    {
        using var cache = new TempFolder();
        using var store = new ContextStore(new ContextOptions { Root = _folder.FullPath, CacheFolder = cache.FullPath });
        store.Sets.Save("x", [Item("src/A.cs", 1)]);
        File.WriteAllText(Directory.GetFiles(cache.FullPath, "x.set", SearchOption.AllDirectories).Single(), "{\"path\":\"../../etc/passwd\"}\n{broken");
        using var other = new ContextStore(new ContextOptions { Root = _folder.FullPath, CacheFolder = cache.FullPath });
        Assert.Null(other.Sets.Load("x"));
        Assert.Null(other.Sets.Load("../x"));
    }

    private static SetItem Item(string path, int line) => new(new(path), new(line, line), null, $"{path}:{line}-{line}@00000000") { Stamp = null };

    private IEnumerable<string> Paths(string expression) => _store.Scopes.Resolve(expression, _store.Current(null, default), default).Files.ToArray().Select(file => file.Path.Value);

    // Items here have no true hashes, so they are joined through sets of files whose stamp is unknown only where the file is unchanged.
    private string Items(string expression)
    {
        var snapshot = _store.Current(null, default);
        foreach (var name in new[] { "one", "two" })
            _store.Sets.Save(name, [.. _store.Sets.Load(name)!.Select(item => item with { Stamp = snapshot.Find(item.Path)!.Stamp })]);
        return string.Join(' ', _store.Scopes.Resolve(expression, snapshot, default).Items!.Select(item => $"{item.Path.Value}:{item.Range?.Start}"));
    }
}
