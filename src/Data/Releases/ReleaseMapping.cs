using JobServer.Domain.Jobs;
using JobServer.Domain.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Releases;

internal sealed class ReleaseMapping : IEntityTypeConfiguration<Release>
{
    public void Configure(EntityTypeBuilder<Release> builder)
    {
        builder.Property(release => release.Id).HasMaxLength(Release.IdLength).IsUnicode(false);
        builder.Property(release => release.JobId).HasMaxLength(Job.IdLength).IsUnicode(false);
        builder.HasOne(release => release.CreatedBy).WithMany().HasForeignKey(release => release.CreatedById);
        builder.HasOne<Job>().WithMany().HasForeignKey(release => release.JobId);
        builder.HasIndex(release => new { release.WorkspaceId, release.CreatedAt });

        // A job's success makes at most one release, however often it is applied.
        builder.HasIndex(release => release.JobId).IsUnique();
    }
}
