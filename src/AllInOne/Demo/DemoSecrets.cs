using System.Security.Cryptography;
using System.Text.Json;

namespace JobServer.AllInOne.Demo;

/// <summary>The demo site's secrets, made at its first start and readable by its owner only.</summary>
internal sealed record DemoSecrets
{
    private const string FileName = "secrets.json";
    private const int SecretBytes = 32;

    public required string InternalToken { get; init; }

    public required string AuditKey { get; init; }

    /// <summary>By the backend's slug.</summary>
    public required Dictionary<string, string> AgentTokens { get; init; }

    public static DemoSecrets LoadOrMake(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        if (File.Exists(path))
        {
            return JsonSerializer.Deserialize<DemoSecrets>(File.ReadAllText(path))
                ?? throw new InvalidOperationException($"{path} is empty. Restore it, or start with another --data directory.");
        }

        var secrets = new DemoSecrets
        {
            InternalToken = NewSecret(),
            AuditKey = NewSecret(),
            AgentTokens = DemoSeed.Backends.ToDictionary(backend => backend.Slug, _ => NewSecret()),
        };

        // Written whole or not at all: half a file would lock the site out of its own database.
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(file, secrets);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        return secrets;
    }

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
}
