using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Files;

namespace Rlm.Context.Tests.Binding;

public class PackageFlowTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData(" PrivateAssets=\"all\"", false)]
    [InlineData(" PrivateAssets=\"analyzers\"", true)]
    public void PackagesOfAProject_ComeAlongWithItUnlessTheyArePrivate(string assets, bool comesAlong)
    {
        using var folder = new TempFolder();
        using var packages = new TempFolder();
        Directory.CreateDirectory(packages.At("things/1.0.0/lib/net10.0"));
        var made = CSharpCompilation.Create("Things", [CSharpSyntaxTree.ParseText("public class Thing { }", cancellationToken: TestContext.Current.CancellationToken)], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(made.Emit(packages.At("things/1.0.0/lib/net10.0/Things.dll"), cancellationToken: TestContext.Current.CancellationToken).Success);
        folder.Write("a/A.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Things" Version="1.0.0"{assets} /></ItemGroup></Project>""");
        folder.Write("a/A.cs", "public class A { public Thing Thing; }\n");
        folder.Write("b/B.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><ProjectReference Include="../a/A.csproj" /></ItemGroup></Project>""");
        folder.Write("b/B.cs", "public class B { public A A; }\n");
        folder.Write("c/C.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><ProjectReference Include="../b/B.csproj" /></ItemGroup></Project>""");
        folder.Write("c/C.cs", "class C { Thing Thing; }\n");
        using var store = new ContextStore(new() { Root = folder.FullPath, PackageFolders = [packages.FullPath], UsesIndex = false });
        var snapshot = store.Current(null, TestContext.Current.CancellationToken);
        TypeKind KindIn(string project, string type) => ((IFieldSymbol)store.Binder.Compilation(store.Binder.Projects(snapshot, default).Find(new RepoPath(project))!, snapshot, default).Compilation.GetTypeByMetadataName(type)!.GetMembers("Thing").Single()).Type.TypeKind;
        Assert.Equal(TypeKind.Class, KindIn("a/A.csproj", "A"));
        Assert.Equal(comesAlong ? TypeKind.Class : TypeKind.Error, KindIn("c/C.csproj", "C"));
    }
}
