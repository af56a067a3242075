using JobServer.Domain;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Backends;

internal sealed class JobWeightMapping : IEntityTypeConfiguration<JobWeight>
{
    public void Configure(EntityTypeBuilder<JobWeight> builder)
    {
        builder.Property(weight => weight.Workspace).HasMaxLength(Slug.MaxLength);
        builder.Property(weight => weight.ActionPattern).HasMaxLength(JobWeight.PatternMaxLength);
        builder.HasIndex(weight => new { weight.BackendId, weight.Position }).IsUnique();
    }
}
