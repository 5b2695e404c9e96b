namespace Rlm.Context.Projects.Manifests;

/// <summary>Projects of Maven. Profiles count as if they were on; parents from elsewhere are not looked up.</summary>
internal static class MavenManifest
{
    public static void Read(Manifest manifest, string text)
    {
        manifest.Language = "java";
        string? artifact = null, version = null, scope = null;
        SafeXml.Read(text, (names, _, value) =>
        {
            var path = string.Join('/', names.Skip(1));
            switch (path)
            {
                case "artifactId":
                    manifest.Name = value;
                    break;
                case "packaging" when value == "pom":
                    manifest.Kind = ProjectKinds.Workspace;
                    break;
                case "parent/artifactId":
                    manifest.Properties["__parent"] = value;
                    break;
                case "parent/relativePath" when value.Length > 0:
                    manifest.Properties["__parent_path"] = value;
                    break;
                case "properties/maven.compiler.release" or "properties/maven.compiler.source" or "properties/java.version":
                    manifest.Targets.Add("java " + value);
                    break;
            }
            if (names[^1] == "module" && names.Count > 2 && names[^2] == "modules") manifest.Paths.Add(value);
            else if (names[^1] == "mainClass") manifest.EntryPoints.Add("class " + value);
            else if (names.Count > 3 && names[^2] == "dependency" && names[^1] == "artifactId") artifact = value;
            else if (names.Count > 3 && names[^2] == "dependency" && names[^1] == "version") version = value;
            else if (names.Count > 3 && names[^2] == "dependency" && names[^1] == "scope") scope = value;
            else if (names[^1] == "dependency" && artifact is not null)
            {
                // Management only says versions; profiles and plugins have dependencies of their own.
                if (!names.Contains("dependencyManagement") && !names.Contains("plugin")) manifest.Names.Add((artifact, string.Join(' ', new[] { artifact, version, scope == "test" ? "(test)" : null }.OfType<string>())));
                artifact = version = scope = null;
            }
        });
        if (manifest.Name is null) throw new FormatException("no artifactId");
        if (manifest.EntryPoints.Count > 0 && manifest.Kind == ProjectKinds.Library) manifest.Kind = ProjectKinds.Program;
    }
}
