using JobServer.Domain.Jobs;
using JobServer.Domain.Releases.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Releases.Requests;

internal sealed class ReleaseRequestFileMapping : IEntityTypeConfiguration<ReleaseRequestFile>
{
    public void Configure(EntityTypeBuilder<ReleaseRequestFile> builder)
    {
        builder.Property(file => file.Path).HasMaxLength(OutputFile.PathMaxLength);
        builder.Property(file => file.Digest).HasMaxLength(64).IsUnicode(false);
        builder.Property(file => file.Exception).HasMaxLength(ReleaseRequestFile.ExceptionMaxLength);
        builder.HasIndex(file => file.ReleaseRequestId);
    }
}
