using JobServer.Data.Modelling;
using JobServer.Domain.Jobs;
using JobServer.Outputs.Disclosure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Jobs;

internal sealed class OutputFileMapping : IEntityTypeConfiguration<OutputFile>
{
    public void Configure(EntityTypeBuilder<OutputFile> builder)
    {
        builder.Property(file => file.JobId).HasMaxLength(Job.IdLength).IsUnicode(false);
        builder.Property(file => file.Path).HasMaxLength(OutputFile.PathMaxLength);
        builder.Property(file => file.Digest).HasMaxLength(64).IsUnicode(false);
        builder.Property(file => file.Findings).HasConversion(new JsonListConverter<Finding>(), new JsonListComparer<Finding>()).HasDefaultValue(Array.Empty<Finding>());
        builder.Property(file => file.CheckedWith).HasMaxLength(OutputFile.CheckedWithMaxLength).HasDefaultValue("");
        builder.Property(file => file.Reason).HasMaxLength(1000);
        builder.HasIndex(file => new { file.JobId, file.Fence });
        builder.HasIndex(file => file.WorkspaceId);
    }
}
