using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobServer.Portal.Compression;

/// <summary>Style sheets and scripts are compressed when they are built; this is for the pages.</summary>
internal static class CompressionServices
{
    public static void AddPageCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;

            // Not the types of downloads, whose length people and programs want to know, nor that of live parts.
            compression.MimeTypes = ["text/html"];
        });

        // The fastest level makes a long list half as large again.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Replace(ServiceDescriptor.Singleton<IResponseCompressionProvider, PageCompression>());
    }
}
