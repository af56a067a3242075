namespace JobServer.Data.Releases;

/// <summary>Names of releases and their files.</summary>
internal static class ReleaseIdentifiers
{
    private const int UlidRandomBytes = 10;

    public static string NewUlid(DateTimeOffset now, Random random)
    {
        var bytes = new byte[UlidRandomBytes];
        random.NextBytes(bytes);
        return Ulid.NewUlid(now, bytes).ToString();
    }
}
