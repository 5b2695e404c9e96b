using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

public class SecretFilesTests
{
    [Theory]
    [InlineData(".env .ENV a/.env .env.local .env.production .env.example.local")]
    [InlineData("a.pem a.key a.p12 a.pfx a.jks a.keystore a.ppk a.kdbx a.ovpn d/SERVER.KEY .pem")]
    [InlineData("id_rsa id_dsa id_ecdsa id_ed25519 .ssh/ID_RSA")]
    [InlineData(".netrc .pgpass .git-credentials .htpasswd .npmrc .pypirc .yarnrc.yml .terraformrc")]
    [InlineData(".aws/credentials home/.aws/config .kube/config .docker/config.json x/.Docker/Config.json")]
    [InlineData(".azure/a .azure/d/a home/.azure/x .config/gcloud/a h/.config/gcloud/d/b")]
    [InlineData("a.tfstate a.tfstate.backup .tfstate d/x.TFSTATE secrets.json d/Secrets.json service-account.json service-account-1.json")]
    public void Listed_AreSecret(string paths) => Assert.All(paths.Split(' '), path => Assert.True(SecretFiles.IsSecret(new(path)), path));

    [Theory]
    [InlineData(".env.example .env.sample .env.template a/.env.EXAMPLE env .environment .envrc")]
    [InlineData("a.pem.txt key a.keys monkey pem id_rsa.pub .env/lib/a.py a.key/b x.json secrets.jsonc mysecrets.json")]
    [InlineData("aws/credentials x.aws/credentials .aws/credentials/a .aws/other .kube/config.d .docker/x azure/a x.azure/a .config/gcloud2/a config/gcloud/a")]
    [InlineData("service-account.txt my-service-account.json tfstate a.tf package.json .npmignore .gitignore Program.cs")]
    public void Others_AreNot(string paths) => Assert.All(paths.Split(' '), path => Assert.False(SecretFiles.IsSecret(new(path)), path));

    [Fact]
    public void Opened_AreNotRefused()
    {
        var options = new ContextOptions { Root = "/", AllowedSecrets = ["./d//.env"] };
        Assert.False(SecretFiles.IsRefused(new("d/.env"), options));
        Assert.True(SecretFiles.IsRefused(new(".env"), options));
        Assert.True(SecretFiles.IsSecret(new("d/.env")));
    }
}
