using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Binding.Compilations;
using Rlm.Context.Binding.Projects;
using Rlm.Context.Files;

namespace Rlm.Context.Tests.Binding;

/// <summary>Project files as data: what MSBuild would make of them, and what broken and hostile ones come to.</summary>
public sealed class ProjectReadingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("'$(Configuration)' == 'debug'", true)]
    [InlineData("'$(Configuration)|$(Platform)' == 'Debug|AnyCPU'", true)]
    [InlineData("'$(None)' == ''", true)]
    [InlineData("'$(None)' != '' or '$(Configuration)' == 'Debug'", true)]
    [InlineData("'$(None)' != '' and '$(Configuration)' == 'Debug'", false)]
    [InlineData("!('$(None)' == '')", false)]
    [InlineData("$(TargetFramework.StartsWith('net4'))", false)]
    [InlineData("$(TargetFramework.StartsWith('net8')) And '$(None)' == ''", true)]
    [InlineData("$([MSBuild]::IsTargetFrameworkCompatible('$(TargetFramework)', 'net6.0'))", true)]
    [InlineData("'$([MSBuild]::GetTargetFrameworkIdentifier('$(TargetFramework)'))' == '.NETCoreApp'", true)]
    [InlineData("1.5 < 2", true)]
    [InlineData("'10' == '10.0'", true)]
    [InlineData("Exists('Shared.props')", true)]
    [InlineData("Exists('..\\..\\outside')", false)]
    [InlineData("((((", false)]
    [InlineData("'unclosed", false)]
    public void Condition_IsDecided(string condition, bool expected)
    {
        var properties = new PropertyBag(path => path.Value == "src/Shared.props") { ["Configuration"] = "Debug", ["Platform"] = "AnyCPU", ["TargetFramework"] = "net8.0", ["MSBuildThisFileDirectory"] = "/src/" };
        Assert.Equal(expected, ConditionReader.Holds(condition, properties, _ => { }));
    }

    [Theory]
    [InlineData("net472;netstandard2.0;net8.0", "net8.0")]
    [InlineData("net472;netstandard2.1;netstandard2.0", "netstandard2.1")]
    [InlineData("net8.0;net99.0", "net8.0")]
    [InlineData("net8.0-windows;net6.0", "net6.0")]
    public void BestFramework_IsTheNewestThatIsHere(string all, string expected) =>
        Assert.Equal(expected, TargetFramework.Best(all.Split(';').Select(TargetFramework.Parse), 10).Moniker);

    [Theory]
    [InlineData("net8.0", "netstandard2.1", true)]
    [InlineData("net8.0", "net9.0", false)]
    [InlineData("net8.0", "net472", false)]
    [InlineData("net472", "netstandard2.0", true)]
    [InlineData("net45", "netstandard2.0", false)]
    [InlineData("netstandard2.0", "net6.0", false)]
    [InlineData("netcoreapp2.1", "netstandard2.1", false)]
    public void Framework_TakesWhatItCanUse(string one, string other, bool expected) => Assert.Equal(expected, TargetFramework.Parse(one).Takes(TargetFramework.Parse(other)));

    [Fact]
    public void Project_IsReadAsMsBuildWould()
    {
        Write("Directory.Build.props", "<Project><PropertyGroup><LangVersion>11</LangVersion><Own>$(MSBuildThisFileDirectory)</Own><Nullable>enable</Nullable></PropertyGroup></Project>");
        Write("Directory.Packages.props", """<Project><ItemGroup><PackageVersion Include="Serilog" Version="4.0.0" /></ItemGroup></Project>""");
        Write("src/App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFrameworks>net472;net8.0</TargetFrameworks><ImplicitUsings>enable</ImplicitUsings><AssemblyName>My.App</AssemblyName></PropertyGroup>
              <PropertyGroup Condition="'$(TargetFramework)' == 'net8.0'"><DefineConstants>$(DefineConstants);MODERN</DefineConstants></PropertyGroup>
              <ItemGroup>
                <Compile Remove="Old/**" /><Compile Include="..\Shared\*.cs" Link="Shared\%(Filename).cs" />
                <Using Include="My.Things" /><Using Include="System.Math" Static="true" /><Using Remove="System.Linq" />
                <ProjectReference Include="..\Lib\Lib.csproj" /><ProjectReference Include="..\Gone\Gone.csproj" />
                <PackageReference Include="Serilog" /><InternalsVisibleTo Include="My.Tests" />
              </ItemGroup>
              <Choose><When Condition="false"><ItemGroup><Compile Include="never.cs" /></ItemGroup></When><Otherwise><ItemGroup><Compile Include="../Shared/deep/extra.cs" /></ItemGroup></Otherwise></Choose>
              <Target Name="Evil"><ItemGroup><Compile Include="never.cs" /></ItemGroup></Target>
            </Project>
            """);
        Write("src/Lib/Lib.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        foreach (var file in (string[])["src/App/A.cs", "src/App/Old/B.cs", "src/App/obj/C.cs", "src/Shared/D.cs", "src/Shared/deep/extra.cs", "src/Shared/deep/no.cs", "never.cs", "loose/L.cs"]) Write(file, "class X { }");
        var set = Projects();
        var app = set.All.Single(project => project.Path.Value == "src/App/App.csproj");
        Assert.Equal(["src/App/A.cs", "src/Shared/D.cs", "src/Shared/deep/extra.cs"], app.Files.Select(file => file.Value));
        Assert.Equal(("My.App", "net8.0", LanguageVersion.CSharp11), (app.Name, app.Framework.Moniker, app.Parsing.LanguageVersion));
        Assert.Contains("MODERN", app.Parsing.PreprocessorSymbolNames);
        Assert.Contains("NET6_0_OR_GREATER", app.Parsing.PreprocessorSymbolNames);
        Assert.DoesNotContain("NET9_0_OR_GREATER", app.Parsing.PreprocessorSymbolNames);
        Assert.Equal(["src/Lib/Lib.csproj"], app.References.Select(path => path.Value));
        Assert.Equal([new PackageUse("Serilog", "4.0.0")], app.Packages);
        Assert.Contains("global using global::My.Things;", app.GlobalUsings, StringComparison.Ordinal);
        Assert.Contains("global using static global::System.Math;", app.GlobalUsings, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Linq", app.GlobalUsings, StringComparison.Ordinal);
        Assert.Contains("InternalsVisibleTo(\"My.Tests\")", app.AssemblyAttributes, StringComparison.Ordinal);
        Assert.Contains(app.Notes, note => note.Contains("Gone.csproj", StringComparison.Ordinal));
        Assert.Equal(["loose/L.cs", "never.cs", "src/App/Old/B.cs", "src/App/obj/C.cs", "src/Shared/deep/no.cs"], set.All.Single(project => project.IsLoose).Files.Select(file => file.Value));
    }

    [Theory]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><Import Project=\"P.csproj\" /><Import Project=\"../../etc/passwd\" /></Project>")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><A>$(A)$(A)$(A)x</A><A>$(A)$(A)$(A)x</A></PropertyGroup></Project>")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><AssemblyName>../../evil</AssemblyName><LangVersion>no</LangVersion><TargetFramework>nonsense</TargetFramework></PropertyGroup></Project>")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><Compile Include=\"/**/*.cs;C:\\x\\**;***.cs;\" Exclude=\"**\" /><Using Include=\"a; class X\" /><InternalsVisibleTo Include='\")] class Y{}//' /></ItemGroup></Project>")]
    public void HostileProject_IsReadWithoutHarm(string text)
    {
        Write("P.csproj", text);
        Write("A.cs", "class A { }");
        var project = Assert.Single(Projects().All, one => !one.IsLoose);
        Assert.DoesNotContain("class", project.GlobalUsings + project.AssemblyAttributes, StringComparison.Ordinal);
        Assert.DoesNotContain("/", project.Name, StringComparison.Ordinal);
    }

    private ProjectSet Projects()
    {
        using var store = new ContextStore(new ContextOptions { Root = _folder.FullPath, UsesIndex = false });
        return ProjectSet.Of(store.Current(null, CancellationToken.None), path => (store.Open(path, CancellationToken.None) as WholeText)?.Text.Text, CancellationToken.None);
    }

    private void Write(string path, string text) => _folder.Write(path, text);
}
