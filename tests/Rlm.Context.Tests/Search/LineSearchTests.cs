using Rlm.Context.Scopes;
using Rlm.Context.Search;

namespace Rlm.Context.Tests.Search;

public class LineSearchTests
{
    [Fact]
    public void FileThatTimesOutWhileItsLinesAreFound_IsAFault()
    {
        using var folder = new TempFolder().Write("a.txt", "aab\n").Write("b.txt", "aab\n");
        using var store = new ContextStore(new ContextOptions { Root = folder.FullPath });
        var search = LineSearch.Run(store, new(@"(?<!x)(a+)+\bb|(?=a)(a+)+b$", PatternKind.Regex, PatternCase.Sensitive), ScopeResolver.All(store.Current(null, default)), null, default);
        Assert.Equal((2, 0), ((int)search.Total, search.Faults.Count));
        folder.Write("b.txt", new string('a', 60) + "bc\n"); // runs away, and was not like this when it was counted
        Assert.Equal(["a.txt"], search.From(null, 2, default).Select(file => file.File.Path.Value));
        Assert.Equal(["b.txt timeout"], search.Faults.Select(fault => $"{fault.Path.Value} {fault.Reason}"));
    }
}
