using System.Text;
using JobServer.Data.Blobs;
using JobServer.TestCommon;
using Xunit;

namespace JobServer.Data.Tests.Blobs;

public sealed class DirectoryBlobStoreTests : SiteTest
{
    private static readonly string Upload = Digests.OfText("an upload");

    private IBlobStore Store => Site.Get<IBlobStore>();

    private string Root => Path.Combine(Site.Database.Folder, "blobs");

    [Fact]
    public async Task What_was_put_is_read_back_under_its_digest()
    {
        var blob = await PutAsync("hello", 5);

        Assert.Equal((Digests.OfText("hello"), 5), (blob.Digest, blob.Size));
        Assert.Equal(5, Store.SizeOf(blob.Digest));
        Assert.Equal("hello", await ReadAsync(blob.Digest));
        Assert.Equal(blob, await PutAsync("hello", 5));
        Assert.Empty(Directory.GetFiles(Path.Combine(Root, "partial")));
    }

    [Fact]
    public async Task Content_that_is_too_large_is_refused_and_leaves_nothing()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => PutAsync("hello!", 5));

        Assert.Empty(Directory.GetFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_blob_that_is_read_can_be_put_again_at_the_same_time()
    {
        var blob = await PutAsync("hello", 5);
        await using var open = Store.OpenRead(blob.Digest);

        Assert.Equal(blob, await PutAsync("hello", 5));
    }

    [Fact]
    public async Task An_upload_goes_on_where_it_stopped()
    {
        await WriteAsync(0, "hel");
        Assert.Equal(3, Store.PartialSize(Upload));
        await WriteAsync(3, "lo");

        Assert.True(await Store.CompletePartialAsync(Upload, Digests.OfText("hello"), 5, None));

        Assert.Equal("hello", await ReadAsync(Digests.OfText("hello")));
        Assert.Equal(0, Store.PartialSize(Upload));
    }

    [Fact]
    public async Task Bytes_beyond_the_offset_are_cut_before_the_upload_goes_on()
    {
        await WriteAsync(0, "help me");
        await WriteAsync(3, "lo");

        Assert.True(await Store.CompletePartialAsync(Upload, Digests.OfText("hello"), 5, None));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(long.MaxValue)]
    public async Task An_offset_beyond_the_file_is_refused(long offset)
    {
        await WriteAsync(0, "hel");

        await Assert.ThrowsAsync<InvalidDataException>(() => WriteAsync(offset, "lo"));
        Assert.Equal(3, Store.PartialSize(Upload));
    }

    [Fact]
    public async Task A_negative_offset_is_refused_and_keeps_no_file_open()
    {
        await WriteAsync(0, "hel");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => WriteAsync(-1, "lo"));

        await WriteAsync(3, "lo");
    }

    [Theory]
    [InlineData("other", 5)]
    [InlineData("hello", 4)]
    [InlineData("hello", 6)]
    public async Task An_upload_with_the_wrong_digest_or_size_is_thrown_away(string digestOf, long size)
    {
        await WriteAsync(0, "hello");

        Assert.False(await Store.CompletePartialAsync(Upload, Digests.OfText(digestOf), size, None));

        Assert.Equal(0, Store.PartialSize(Upload));
        Assert.Null(Store.SizeOf(Digests.OfText("hello")));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await WriteAsync(0, "");
        Assert.True(await Store.CompletePartialAsync(Upload, Digests.OfText(""), 0, None));
        Assert.Equal(0, Store.SizeOf(Digests.OfText("")));
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("../4567890123456789012345678901234567890123456789012345678901234")]
    public async Task A_name_that_is_no_digest_is_refused_everywhere(string name)
    {
        Assert.Throws<ArgumentException>(() => Store.SizeOf(name));
        Assert.Throws<ArgumentException>(() => Store.OpenRead(name));
        Assert.Throws<ArgumentException>(() => Store.PartialSize(name));
        Assert.Throws<ArgumentException>(() => Store.DiscardPartial(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenPartialAsync(name, 0, None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CompletePartialAsync(name, Digests.OfText("a"), 1, None));
    }

    [Fact]
    public void A_blob_that_is_not_there_has_no_size()
    {
        Assert.Null(Store.SizeOf(Upload));
        Assert.ThrowsAny<IOException>(() => Store.OpenRead(Upload));
    }

    private async Task<StoredBlob> PutAsync(string text, long maxSize)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await Store.PutAsync(content, maxSize, None);
    }

    private async Task WriteAsync(long offset, string text)
    {
        await using var partial = await Store.OpenPartialAsync(Upload, offset, None);
        await partial.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    private async Task<string> ReadAsync(string digest)
    {
        using var reader = new StreamReader(Store.OpenRead(digest));
        return await reader.ReadToEndAsync();
    }
}
