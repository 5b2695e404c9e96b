using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

public class LanguagesTests
{
    [Theory]
    [InlineData("Program.cs", "csharp")]
    [InlineData("A.CS", "csharp")]
    [InlineData("a.vb", "vb")]
    [InlineData("a.fs", "fsharp")]
    [InlineData("a.py", "python")]
    [InlineData("a.ts", "typescript")]
    [InlineData("a.d.ts", "typescript")]
    [InlineData("a.tsx", "tsx")]
    [InlineData("a.js", "javascript")]
    [InlineData("a.jsx", "javascript")]
    [InlineData("a.go", "go")]
    [InlineData("a.java", "java")]
    [InlineData("a.kt", "kotlin")]
    [InlineData("a.rs", "rust")]
    [InlineData("a.c", "c")]
    [InlineData("a.hpp", "cpp")]
    [InlineData("a.rb", "ruby")]
    [InlineData("a.php", "php")]
    [InlineData("a.swift", "swift")]
    [InlineData("a.scala", "scala")]
    [InlineData("a.lua", "lua")]
    [InlineData("a.sh", "bash")]
    [InlineData("a.ps1", "powershell")]
    [InlineData("a.sql", "sql")]
    [InlineData("a.html", "html")]
    [InlineData("a.css", "css")]
    [InlineData("a.scss", "scss")]
    [InlineData("a.razor", "razor")]
    [InlineData("a.cshtml", "razor")]
    [InlineData("a.json", "json")]
    [InlineData("a.yml", "yaml")]
    [InlineData("a.toml", "toml")]
    [InlineData("a.xml", "xml")]
    [InlineData("a.csproj", "msbuild")]
    [InlineData("Directory.Build.props", "msbuild")]
    [InlineData("README.md", "markdown")]
    [InlineData("README", "markdown")]
    [InlineData("Dockerfile", "dockerfile")]
    [InlineData("Dockerfile.alpine", "dockerfile")]
    [InlineData("Makefile", "makefile")]
    [InlineData("CMakeLists.txt", "cmake")]
    [InlineData("a.proto", "proto")]
    [InlineData("a.graphql", "graphql")]
    [InlineData("a.ipynb", "notebook")]
    [InlineData("a.pl", "perl")]
    [InlineData("a.r", "r")]
    [InlineData("a.dart", "dart")]
    [InlineData("a.hs", "haskell")]
    [InlineData("a.ex", "elixir")]
    [InlineData("a.m", "objc")]
    [InlineData("build.gradle", "groovy")]
    [InlineData("a.tf", "terraform")]
    [InlineData("a.ini", "ini")]
    [InlineData("a.csv", "csv")]
    [InlineData("a.log", "log")]
    [InlineData("a.txt", "text")]
    [InlineData(".gitignore", "ignore")]
    [InlineData(".cs", "text")]
    [InlineData("noextension", "text")]
    [InlineData("a.", "text")]
    [InlineData("", "text")]
    public void FileName_HasItsLanguage(string name, string id)
    {
        Assert.Equal(id, Languages.OfFileName(name));
        Assert.Contains(id, Languages.All);
    }

    [Theory]
    [InlineData("c# cs CSharp", "csharp")]
    [InlineData("ts", "typescript")]
    [InlineData("js jsx", "javascript")]
    [InlineData("py", "python")]
    [InlineData("c++ cpp", "cpp")]
    [InlineData("c", "c")]
    [InlineData("rs", "rust")]
    [InlineData("kt", "kotlin")]
    [InlineData("rb", "ruby")]
    [InlineData("sh shell", "bash")]
    [InlineData("yml", "yaml")]
    [InlineData("md", "markdown")]
    public void Alias_IsResolved(string words, string id) => Assert.All(words.Split(' '), word => Assert.Equal(id, Languages.Resolve(word)));

    [Fact]
    public void UnknownWord_IsNull() => Assert.Null(Languages.Resolve("klingon"));

    [Fact]
    public void Ids_AreOrderedLowerCaseAndResolveToThemselves()
    {
        Assert.Equal(Languages.All.Order(StringComparer.Ordinal), Languages.All);
        Assert.All(Languages.All, id => Assert.Equal(id, Languages.Resolve(id.ToUpperInvariant())));
    }
}
