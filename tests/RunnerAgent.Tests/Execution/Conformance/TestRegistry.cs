using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JobServer.RunnerAgent.Tests.Execution.Conformance;

/// <summary>A registry on loopback with one image of one file, as the distribution protocol wants it.</summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    public const string Tag = "v1";

    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private WebApplication _app = null!;
    private byte[] _manifest = [];

    public string Repository => $"{new Uri(_app.Urls.First()).Authority}/study/tiny";

    public static async Task<TestRegistry> StartAsync()
    {
        var registry = new TestRegistry();
        registry.MakeImage();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        registry._app = builder.Build();
        registry._app.Urls.Add("http://127.0.0.1:0");
        registry._app.MapGet("/v2/", () => Results.Json(new { }));
        registry._app.MapMethods("/v2/study/tiny/manifests/{reference}", ["GET", "HEAD"], registry.Manifest);
        registry._app.MapMethods("/v2/study/tiny/blobs/{digest}", ["GET", "HEAD"], registry.Blob);
        await registry._app.StartAsync();
        return registry;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Manifest(string reference, HttpResponse response)
    {
        if (reference != Tag && reference != DigestOf(_manifest))
            return Results.Json(new { errors = new[] { new { code = "MANIFEST_UNKNOWN", message = "manifest unknown" } } }, statusCode: StatusCodes.Status404NotFound);

        response.Headers["Docker-Content-Digest"] = DigestOf(_manifest);
        return Results.Bytes(_manifest, ManifestType);
    }

    private IResult Blob(string digest) => _blobs.TryGetValue(digest, out var blob) ? Results.Bytes(blob, "application/octet-stream") : Results.NotFound();

    private void MakeImage()
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "hello.txt") { DataStream = new MemoryStream("hello"u8.ToArray()) });

        var layer = new MemoryStream();
        using (var gzip = new GZipStream(layer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(tar.ToArray());

        var config = Encoding.UTF8.GetBytes(
            $$$"""{"architecture":"amd64","os":"linux","config":{"Cmd":["/hello"]},"rootfs":{"type":"layers","diff_ids":["{{{DigestOf(tar.ToArray())}}}"]}}""");
        var (layerDigest, configDigest) = (Add(layer.ToArray()), Add(config));
        _manifest = Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{ManifestType}}}","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":{{{config.Length}}},"digest":"{{{configDigest}}}"},"layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":{{{layer.Length}}},"digest":"{{{layerDigest}}}"}]}""");
    }

    private string Add(byte[] blob)
    {
        _blobs[DigestOf(blob)] = blob;
        return DigestOf(blob);
    }

    private static string DigestOf(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
