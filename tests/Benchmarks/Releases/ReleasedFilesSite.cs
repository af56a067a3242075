using System.Text;
using JobServer.Data.Blobs;
using JobServer.Data.Writing;
using JobServer.Domain.Backends;
using JobServer.Domain.Organisations;
using JobServer.Domain.Projects;
using JobServer.Domain.Releases;
using JobServer.Domain.Releases.Publications;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.Releases;

/// <summary>A set of 2 GB that everybody may read: one long table, one file of bytes, and many small tables.</summary>
internal static class ReleasedFilesSite
{
    public const long LargeSize = 1_000_000_000;
    public const long BytesSize = 500_000_000;
    public const int SmallCount = 500;
    public const int SmallSize = 1_000_000;

    /// <summary>Of the publication with all files, and of one with a single small file.</summary>
    public const int All = 1;
    public const int Small = 2;

    public static string Address(int publication) => $"/institute/study/workspace/published/{publication}";

    public static string FileId(int number) => $"01G7BENCH{number:D17}";

    public static async Task MakeAsync(IServiceProvider services)
    {
        var blobs = services.GetRequiredService<IBlobStore>();
        var stored = new List<(string Path, StoredBlob Blob)>
        {
            ("output/long.csv", await blobs.PutAsync(new RepeatedRows(LargeSize, seed: 0), long.MaxValue, CancellationToken.None)),
            ("output/model.rds", await blobs.PutAsync(new RepeatedRows(BytesSize, seed: 1), long.MaxValue, CancellationToken.None)),
        };
        for (var number = 0; number < SmallCount; number++)
        {
            stored.Add(($"output/part/{number:D3}.csv", await blobs.PutAsync(new RepeatedRows(SmallSize, seed: number + 2), long.MaxValue, CancellationToken.None)));
        }

        await services.GetRequiredService<DatabaseWriter>().RunAsync(
            async (db, token) =>
            {
                var now = TimeProvider.System.GetUtcNow();
                var user = new User { Login = "user-1", FullName = "Person 1", CreatedAt = now };
                var backend = new Backend { Slug = "backend", Name = "Backend", CreatedAt = now };
                var organisation = new Organisation { Name = "Institute", Slug = "institute", CreatedAt = now };
                db.AddRange(user, backend, organisation);
                await db.SaveChangesAsync(token);
                var project = new Project { Name = "Study", Slug = "study", OrganisationId = organisation.Id, CreatedAt = now };
                db.Add(project);
                await db.SaveChangesAsync(token);
                var workspace = new Workspace
                {
                    ProjectId = project.Id,
                    Slug = "workspace",
                    Repository = "https://github.com/example/study",
                    Branch = "main",
                    CreatedAt = now,
                    CreatedById = user.Id,
                };
                db.Add(workspace);
                await db.SaveChangesAsync(token);
                var release = new Release
                {
                    Id = FileId(0),
                    WorkspaceId = workspace.Id,
                    BackendId = backend.Id,
                    CreatedById = user.Id,
                    CreatedAt = now,
                    Policy = ReleasePolicy.Reviewed,
                };
                release.Files.AddRange(stored.Select((file, number) => new ReleaseFile
                {
                    Id = FileId(number + 1),
                    ReleaseId = release.Id,
                    WorkspaceId = workspace.Id,
                    Path = file.Path,
                    Size = file.Blob.Size,
                    Digest = file.Blob.Digest,
                    CreatedAt = now,
                }));
                db.Add(release);
                await db.SaveChangesAsync(token);
                foreach (var files in new[] { release.Files, release.Files[^1..] })
                {
                    var publication = new Publication
                    {
                        WorkspaceId = workspace.Id,
                        Title = "All",
                        Reason = "A benchmark",
                        CreatedById = user.Id,
                        CreatedAt = now,
                        State = PublicationState.Published,
                        DecidedAt = now,
                    };
                    publication.Files.AddRange(files.Select(file => new PublicationFile { ReleaseFileId = file.Id }));
                    db.Add(publication);
                    await db.SaveChangesAsync(token);
                }

                return true;
            },
            CancellationToken.None);
    }

    /// <summary>A table of a size, made while it is read: rows of numbers that a zip makes about half as large.</summary>
    private sealed class RepeatedRows(long size, int seed) : Stream
    {
        private readonly byte[] _rows = Rows(seed);
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => size;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var at = (int)(_position % _rows.Length);
            var read = (int)Math.Min(Math.Min(count, _rows.Length - at), size - _position);
            _rows.AsSpan(at, read).CopyTo(buffer.AsSpan(offset));
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static byte[] Rows(int seed)
        {
            var random = new Random(seed);
            return Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(_ => $"group-{random.Next(100)},{random.Next()},{random.NextDouble():F6}\n")));
        }
    }
}
