using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Jobs;

internal sealed class UploadMapping : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.Property(upload => upload.Id).HasMaxLength(64).IsUnicode(false);
        builder.Property(upload => upload.JobId).HasMaxLength(Job.IdLength).IsUnicode(false);
        builder.Property(upload => upload.Path).HasMaxLength(OutputFile.PathMaxLength);
        builder.Property(upload => upload.Digest).HasMaxLength(64).IsUnicode(false);
        builder.HasOne<Job>().WithMany().HasForeignKey(upload => upload.JobId);
        builder.HasIndex(upload => new { upload.JobId, upload.Fence });
    }
}
