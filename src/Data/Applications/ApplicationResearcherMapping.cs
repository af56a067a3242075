using JobServer.Domain.Applications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Applications;

internal sealed class ApplicationResearcherMapping : IEntityTypeConfiguration<ApplicationResearcher>
{
    public void Configure(EntityTypeBuilder<ApplicationResearcher> builder) =>
        builder.Property(researcher => researcher.Name).HasMaxLength(ApplicationResearcher.NameMaxLength);
}
